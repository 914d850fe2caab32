import type { Client } from '../../../model/client.ts'
import { statusOf } from '../../../model/credential.ts'
import { Refusal } from '../../../model/refusal.ts'
import type { Browser, Session } from '../../../model/session.ts'
import type { Source, World } from '../../world.ts'
import { askConsent, codeFor, grantedEntry, type Outcome, refusedTo } from './authorize.ts'
import { findInteraction, type Interaction, wasAnswered } from './interaction.ts'
import { nextStep, type Step } from './next-step.ts'
import { codeOf, grantWithCode } from './open-grant.ts'
import { clientOf, returnAddress } from './return-address.ts'

/** A waiting request is taken up again, after a sign-in or a reload: what is still to be asked? */
export async function resume(
  needs: Needs,
  browser: Browser,
  ask: { interaction: string; from: Source },
): Promise<Outcome> {
  const { interaction, client } = await waiting(needs, browser, ask.interaction)
  return tell(needs, { client, interaction, from: ask.from }, async () => {
    const step = await nextStep(needs, browser.session, client, interaction.request)
    if (step.is === 'sign-in') return { is: 'sign-in', interaction, client }
    if (step.is === 'settled') return allow(needs, { client, interaction, from: ask.from }, step)
    if (wasAnswered(interaction)) throw answeredBefore(interaction)
    return askConsent(needs, client, interaction, step)
  })
}

/** The person has decided. The stored request is all that counts, and it can be answered once. */
export async function answerConsent(
  needs: Needs,
  browser: Browser & { session: Session },
  ask: AnswerConsent,
): Promise<Outcome> {
  const { interaction, client } = await waiting(needs, browser, ask.interaction)
  return tell(needs, { client, interaction, from: ask.from }, async () => {
    if (ask.decision === 'deny') return deny(needs, browser.session, { client, interaction, from: ask.from })
    const step = await nextStep(needs, browser.session, client, { ...interaction.request, askAgain: true })
    // The sign-in that this request asked for has not happened yet; a form sent without it decides nothing.
    if (step.is === 'sign-in') return { is: 'sign-in', interaction, client }
    return allow(needs, { client, interaction, from: ask.from }, step)
  })
}

/** The request, and its client as it is now: disabled, deleted or re-registered meanwhile, it is judged anew. */
async function waiting(needs: Needs, browser: Browser, secret: string) {
  const interaction = await findInteraction(needs, browser, secret)
  const client = await clientOf(needs, interaction.request.clientId)
  returnAddress(client, interaction.request)
  return { interaction, client }
}

async function tell(needs: Needs, { client, interaction, from }: Waiting, work: () => Promise<Outcome>) {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal && error.code === 'interaction-unknown') throw error
    return refusedTo(needs, { client, to: interaction.request, from }, error)
  }
}

async function allow(
  needs: Needs,
  { client, interaction, from }: Waiting,
  { session, scopes }: Step & { is: 'consent' | 'settled' },
): Promise<Outcome> {
  const { user } = session
  const { credential, request, secret } = interaction
  const { grant, code } = grantWithCode(needs, { client, user, request, scopes, interaction: secret })
  const outcome = await needs.credentials.redeem(
    {
      fingerprint: credential.fingerprint,
      kind: 'interaction',
      at: grant.createdAt,
      issues: [code.credential],
      newGrant: grant,
      holder: user,
    },
    grantedEntry(grant, user, from),
  )
  if (outcome === 'redeemed') return codeFor(needs, { client, to: request, scopes }, code)
  // A second click: the first one's answer again, as long as the application has not taken it.
  const given = await needs.credentials.find(code.credential.fingerprint)
  if (!given || given.userId !== user.id || statusOf(given, needs.now()) !== 'active') throw answeredBefore(interaction)
  const scopesThen = given.scopes ?? []
  return codeFor(needs, { client, to: request, scopes: scopesThen }, { secret: code.secret, credential: given })
}

/** Saying no twice is saying no; saying no to what was allowed is too late here, and is said in the account. */
async function deny(needs: Needs, { user }: Session, { client, interaction, from }: Waiting): Promise<never> {
  const at = needs.now()
  const { fingerprint } = interaction.credential
  const outcome = await needs.credentials.redeem(
    { fingerprint, kind: 'interaction', at, issues: [] },
    {
      at,
      event: 'denied',
      about: 'client',
      aboutId: client.id,
      actor: user.id,
      userId: user.id,
      clientId: client.id,
      ...from,
    },
  )
  const code = needs.vault.fingerprint(codeOf(needs, interaction.secret))
  if (outcome === 'spent' && (await needs.credentials.find(code))) throw answeredBefore(interaction)
  throw new Refusal('consent-denied')
}

const answeredBefore = ({ credential }: Interaction): Refusal =>
  new Refusal('interaction-unknown', `interaction ${credential.id} was answered before`)

/** A stored request that waits for its answer, and the application that waits with it. */
type Waiting = { client: Client; interaction: Interaction; from: Source }

export type AnswerConsent = { interaction: string; decision: 'allow' | 'deny'; from: Source }
type Needs = Pick<World, 'directory' | 'grants' | 'credentials' | 'scopes' | 'vault' | 'witness' | 'now'>
