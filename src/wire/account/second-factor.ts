import { html } from 'ghtml'
import { beginSecondFactor } from '../../core/sign-in/methods/begin-second-factor.ts'
import { describeSecondFactor, type SecondFactor } from '../../core/sign-in/methods/describe-second-factor.ts'
import { makeRecoveryCodes } from '../../core/sign-in/methods/make-recovery-codes.ts'
import type { BegunSecondFactor } from '../../core/sign-in/methods/one-time-code.ts'
import { oneTimeCode } from '../../core/sign-in/methods/one-time-code.ts'
import { removeSecondFactor } from '../../core/sign-in/methods/remove-second-factor.ts'
import { resumeSecondFactor } from '../../core/sign-in/methods/resume-second-factor.ts'
import { turnOnSecondFactor } from '../../core/sign-in/methods/turn-on-second-factor.ts'
import { proveSession } from '../../core/sign-in/sessions/prove-session.ts'
import type { World } from '../../core/world.ts'
import { readForm, type WireRequest } from '../../http/request.ts'
import type { Refusal } from '../../model/refusals/refusal.ts'
import type { WireAnswer } from '../dialect.ts'
import { statusOfPage } from '../ui/error-page.ts'
import { formErrorAmong } from '../ui/form-errors.ts'
import { button, csrfField, flash } from '../ui/html.ts'
import { moment } from '../ui/moment.ts'
import { factorForm, recoveryCodes } from '../ui/secrets/factor-set-up.ts'
import { shownName } from '../ui/shown-name.ts'
import { act } from '../ui/signed-in-pages.ts'
import { backTo, type Done, type Member, sectionPage } from './member.ts'

/* Sets up, renews and removes the user's one-time codes and recovery codes. */

const HOME = '/account/second-factor'

type FactorPage =
  | { show: 'overview'; factor: SecondFactor; done?: Done | undefined }
  | { show: 'set-up'; begun: BegunSecondFactor; problem?: Refusal }
  | { show: 'codes'; codes: string[]; because: 'on' | 'renewed' }
  | { show: 'remove' }
  | { show: 'back'; done?: Done }

export const visitFactor = async (world: World, who: Member, done: Done | undefined): Promise<FactorPage> => ({
  show: 'overview',
  factor: await describeSecondFactor(world, who),
  done,
})

export async function beginFactor(world: World, who: Member): Promise<FactorPage> {
  return { show: 'set-up', begun: await beginSecondFactor(world, who, shownAs(who)) }
}

export const readFactorCode = (request: WireRequest): { code: string } => ({
  code: (readForm(request).one('code') ?? '').replace(/[\s-]/g, ''),
})

/** If the form is sent twice, the second request finds no pending secret. */
export async function confirmFactor(world: World, who: Member, ask: { code: string }): Promise<FactorPage> {
  const begun = await resumeSecondFactor(world, who, shownAs(who))
  if (!begun) return { show: 'back' }
  try {
    const codes = await turnOnSecondFactor(world, who, ask)
    await proveSession(world, who, oneTimeCode)
    return { show: 'codes', codes, because: 'on' }
  } catch (error) {
    return { show: 'set-up', begun, problem: mendableCode(error) }
  }
}

const mendableCode = formErrorAmong('one-time-code-wrong')

export async function renewCodes(world: World, who: Member): Promise<FactorPage> {
  return { show: 'codes', codes: await makeRecoveryCodes(world, who), because: 'renewed' }
}

export const askRemoveFactor = (_world: World, { session }: Member): FactorPage =>
  session.user.secondFactor ? { show: 'remove' } : { show: 'back' }

export async function removeFactor(world: World, who: Member): Promise<FactorPage> {
  if (!who.session.user.secondFactor) return { show: 'back' }
  await removeSecondFactor(world, who, { userId: who.session.user.id })
  return { show: 'back', done: 'factorRemoved' }
}

/** The texts in the authenticator app: the name of this installation and the user's handle. */
const shownAs = ({ rules, session }: Member) => ({ issuer: rules.brand.name, label: session.user.handle })

export function showFactor(fact: FactorPage, _request: unknown, who: Member): WireAnswer {
  if (fact.show === 'back') return backTo(who, 'second-factor', fact.done)
  const words = who.own.factor
  const section = 'second-factor'
  if (fact.show === 'overview') return sectionPage(who, { section, done: fact.done, body: overview(who, fact.factor) })
  if (fact.show === 'set-up') {
    const form = { action: `${HOME}/confirm`, fields: csrfField(who), problem: fact.problem }
    return sectionPage(who, {
      section,
      title: who.words.factorSetUp.title,
      ...(fact.problem && { status: statusOfPage(fact.problem.code) }),
      body: html`!${factorForm(who, fact.begun, form)}<p class="links"><a href="${HOME}">${words.stop}</a></p>`,
    })
  }
  if (fact.show === 'codes')
    return sectionPage(who, {
      section,
      title: who.words.recovery.title,
      status: 201,
      body: html`!${flash('done', fact.because === 'on' ? who.words.recovery.on : words.renewed)}
!${recoveryCodes(who, shownName(who.session.user.handle), { codes: fact.codes, onward: HOME })}`,
    })
  return sectionPage(who, {
    section,
    title: words.removeTitle,
    body: html`<p>${words.removeEffect}</p>
<form class="slim" method="post" action="${HOME}/remove">!${csrfField(who)}!${button(words.remove)}</form>
<p class="links"><a href="${HOME}">${words.keep}</a></p>`,
  })
}

function overview(who: Member, factor: SecondFactor): string {
  const words = who.own.factor
  if (factor.is === 'off')
    return html`!${factor.removedAt === undefined ? '' : html`<p class="flash warning">${words.removedByAnother} !${moment(who, factor.removedAt, '')}</p>`}
<p class="lead">${words.lead}</p>
<p>${words.off}</p>
<div class="row">!${act(who, `${HOME}/begin`, words.begin)}</div>`
  return html`<p class="lead">${words.lead}</p>
<ul class="cards"><li class="card"><h2>${words.device} <span class="badge good">${words.on}</span></h2>
<p class="hint">${words.since} !${moment(who, factor.since, '')} · ${words.used} !${moment(who, factor.usedAt, who.own.never)}</p>
<div class="row">!${act(who, `${HOME}/begin`, words.another)}<a class="button" href="${HOME}/remove">${words.remove}</a></div></li>
<li class="card"><h2>${who.words.recovery.label}</h2>
<p class="!${factor.few ? 'flash warning' : 'hint'}">${words.left(factor.left)}!${factor.few ? ` ${words.few}` : ''}</p>
<div class="row">!${act(who, `${HOME}/codes`, words.renew)}</div>
<p class="hint">${words.renewEffect}</p></li></ul>`
}
