import { html } from 'ghtml'
import { provesItself } from '../../core/sign-in/proves-itself.ts'
import type { Proof } from '../../core/sign-in/require-proof.ts'
import { changeOwnPassword } from '../../core/users/change-own-password.ts'
import { changeUser } from '../../core/users/change-user.ts'
import type { World } from '../../core/world.ts'
import { readForm, type WireRequest } from '../../http/request.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { ClaimsChange } from '../../model/users/standard-claims.ts'
import type { WireAnswer } from '../dialect.ts'
import { formErrorAmong } from '../ui/form-errors.ts'
import { button, csrfField, field } from '../ui/html.ts'
import { moment } from '../ui/moment.ts'
import { cookieName } from '../ui/session.ts'
import { formError } from '../ui/signed-in-pages.ts'
import { changedIn, ownClaims, readOwnClaims } from './claims.ts'
import { backTo, type Done, type Member, readDone, sectionPage } from './member.ts'

/* Profile and password of the user. */

export type ProfileForm = {
  handle: string
  email: string | null
  firstName: string | null
  lastName: string | null
  claims?: ClaimsChange
}
/** `proof`: the page also asks for a code or the password, because the last proof is too old. */
export type ProfilePage = {
  done?: Done | undefined
  entered?: ProfileForm
  problem?: Refusal
  proof: 'password' | 'none'
}

export const visitProfile = (world: World, { session }: Member, done: Done | undefined): ProfilePage => ({
  done,
  proof: provesItself(session.provenAt, world.now()) ? 'none' : 'password',
})

export function readProfile(request: WireRequest): ProfileForm & Proof {
  const form = readForm(request)
  const text = (name: string) => form.one(name) ?? null
  return {
    handle: form.one('handle') ?? '',
    email: text('email'),
    firstName: text('first_name'),
    lastName: text('last_name'),
    ...readOwnClaims(form),
    currentPassword: form.one('current_password'),
  }
}

export async function saveProfile(
  world: World,
  who: Member,
  entered: ProfileForm & Proof,
): Promise<ProfilePage | 'saved'> {
  try {
    const { claims, ...fields } = entered
    const changed = changedIn(who.session.user.claims, claims)
    const said = claims && Object.keys(changed).length > 0 ? { claims: changed } : {}
    await changeUser(world, who, { userId: who.session.user.id, ...fields, ...said })
    return 'saved'
  } catch (error) {
    return { ...visitProfile(world, who, undefined), entered, problem: mendableProof(error) }
  }
}

const mendableProof = formErrorAmong('login-required')

export function showProfile(fact: ProfilePage | 'saved', _request: unknown, who: Member): WireAnswer {
  if (fact === 'saved') return backTo(who, 'profile', 'saved')
  const { own, session } = who
  const { user } = session
  const { profile } = own
  const shown = fact.entered ?? user
  const unproven = fact.problem?.code === 'login-required' || fact.problem?.code === 'login-failed'
  const optional = { required: false, remark: profile.optional, longest: 200 }
  return sectionPage(who, {
    section: 'profile',
    done: fact.done,
    problem: unproven ? undefined : fact.problem,
    ...(fact.problem && { status: 400 }),
    body: html`<p class="lead">${profile.lead}</p>
<form class="slim" method="post" action="/account">!${csrfField(who)}
!${field({ name: 'handle', label: profile.handle, value: shown.handle, autocomplete: 'username', longest: 100 })}
!${field({ name: 'email', label: profile.email, type: 'email', value: shown.email ?? '', autocomplete: 'email', ...optional })}
!${field({ name: 'first_name', label: profile.firstName, value: shown.firstName ?? '', autocomplete: 'given-name', ...optional })}
!${field({ name: 'last_name', label: profile.lastName, value: shown.lastName ?? '', autocomplete: 'family-name', ...optional })}
!${ownClaims(who, fact.entered?.claims ?? user.claims)}
!${fact.proof === 'none' ? '' : field({ name: 'current_password', label: own.password.old, type: 'password', autocomplete: 'current-password', required: false, hint: profile.proof, problem: unproven ? own.refused.unproven : undefined })}
!${button(own.save)}
</form>
<p class="hint">!${moment(who, user.createdAt, '') && profile.memberSince(new Intl.DateTimeFormat(who.language, { dateStyle: 'long' }).format(user.createdAt))}</p>
<h2>${profile.exportTitle}</h2>
<p>${profile.exportWhy} <a href="/account/export" download>${profile.export}</a></p>`,
  })
}

export type PasswordPage = { done?: Done | undefined; problem?: Refusal }
export const visitPassword = (request: WireRequest): PasswordPage => ({ done: readDone(request) })

export function readPassword(request: WireRequest): { old: string; new: string; request: WireRequest } {
  const form = readForm(request)
  return { old: form.one('old_password') ?? '', new: form.one('new_password') ?? '', request }
}

export async function savePassword(
  world: World,
  who: Member,
  ask: ReturnType<typeof readPassword>,
): Promise<PasswordPage | 'saved'> {
  const { request } = ask
  try {
    const keep = request.cookies[cookieName(world, 'session')] ?? ''
    await changeOwnPassword(world, who, { old: ask.old, new: ask.new, keep })
    return 'saved'
  } catch (error) {
    return { problem: formError(error) }
  }
}

export function showPassword(fact: PasswordPage | 'saved', _request: unknown, who: Member): WireAnswer {
  if (fact === 'saved') return backTo(who, 'password', 'password')
  const { own, session } = who
  const { problem } = fact
  const wrongOld =
    problem?.code === 'login-failed'
      ? new Refusal('login-failed', problem.message, { sentence: own.refused.old })
      : undefined
  return sectionPage(who, {
    section: 'password',
    done: fact.done,
    problem: wrongOld ? undefined : problem,
    ...(problem && { status: 400 }),
    body: session.user.hasPassword
      ? html`<p class="lead">${own.password.lead}</p>
<form class="slim" method="post" action="/account/password">!${csrfField(who)}
!${field({ name: 'old_password', label: own.password.old, type: 'password', autocomplete: 'current-password', problem: wrongOld?.text })}
!${field({ name: 'new_password', label: own.password.new, type: 'password', autocomplete: 'new-password', hint: who.words.register.passwordHint(who.rules.passwordMinLength) })}
!${button(own.password.submit)}
</form>`
      : html`<p>${own.password.none}</p>`,
  })
}
