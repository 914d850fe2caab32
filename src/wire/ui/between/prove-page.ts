import { html } from 'ghtml'
import { proveAgain } from '../../../core/sign-in/prove-again.ts'
import { provesItself } from '../../../core/sign-in/proves-itself.ts'
import type { World } from '../../../core/world.ts'
import type { RawParams } from '../../../http/params.ts'
import { readForm, type WireRequest } from '../../../http/request.ts'
import { Refusal, type RefusalCode } from '../../../model/refusals/refusal.ts'
import type { SessionAct } from '../../../model/users/session.ts'
import type { WireAnswer } from '../../dialect.ts'
import { frameOf } from '../browser.ts'
import { refusalText, statusOfPage } from '../error-page.ts'
import { bare, button, field, hidden } from '../html.ts'

/*
 * Step-up without a script: if a form needs a proof of identity, a page asks for the proof and contains the same form.
 * Sending that page gives the proof and performs the action.
 */

/** The field that marks a form sent from this page. */
const PROOF = 'proof'
const ASKED: readonly RefusalCode[] = ['login-required', 'login-failed', 'one-time-code-wrong', 'rate-limited']

/** Requires a recent proof, or a proof in this form. Returns the time of the proof. */
export async function proveInForm(world: World, who: SessionAct, request: WireRequest): Promise<number> {
  const { user } = who.by
  const { provenAt } = who.session
  if (provesItself(provenAt, world.now())) return provenAt
  const proof = readForm(request).one(PROOF)
  // The parameter of the refusal tells the page whether to ask for a code or for the password.
  const parameter = user.secondFactor ? 'code' : 'password'
  if (proof === undefined) throw new Refusal('login-required', `no recent proof of ${user.id}`, { parameter })
  try {
    await proveAgain(world, who, { [parameter]: proof })
    return world.now()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Refusal(error.code, error.message, { ...error.facts, parameter })
  }
}

/** True if the refusal comes from `proveInForm`, so the proof page is the answer. */
export const asksForProof = ({ code, facts }: Refusal, { method, body }: WireRequest): boolean =>
  method === 'POST' &&
  body.type === 'form' &&
  ASKED.includes(code) &&
  (facts.parameter === 'code' || facts.parameter === 'password') &&
  (code === 'login-required' || body.fields[PROOF] !== undefined)

export function provePage(refusal: Refusal, request: WireRequest, world: Pick<World, 'rules'>): WireAnswer {
  const frame = frameOf(world, request)
  const words = frame.words.prove
  const byCode = refusal.facts.parameter === 'code'
  const asked = refusal.code === 'login-required'
  const problem = refusal.code === 'login-failed' ? words.passwordWrong : refusalText(frame.words, refusal)
  return bare(frame, {
    title: words.title,
    status: asked ? 200 : statusOfPage(refusal.code),
    headers:
      refusal.facts.retryAfterSeconds === undefined ? {} : { 'retry-after': String(refusal.facts.retryAfterSeconds) },
    body: html`<h1>${words.title}</h1>
<p class="lead">${words.why}</p>
<form method="post" action="${request.path}">
!${request.body.type === 'form' ? carriedAlong(request.body.fields) : ''}
!${field({
      name: PROOF,
      label: byCode ? frame.words.secondFactor.code : frame.words.signIn.password,
      type: byCode ? 'text' : 'password',
      autocomplete: byCode ? 'one-time-code' : 'current-password',
      ...(byCode && { hint: frame.words.secondFactor.hint, longest: 24 }),
      focus: true,
      problem: asked ? undefined : problem,
    })}
!${button(words.submit)}
</form>
<p class="links"><a href="/account">${words.stop}</a></p>`,
  })
}

const carriedAlong = (fields: RawParams): string =>
  Object.entries(fields)
    .filter(([name]) => name !== PROOF)
    .flatMap(([name, values]) => [values].flat().map(value => hidden(name, value)))
    .join('')
