import { html } from 'ghtml'
import { findCredential } from '../../core/credentials/find-credential.ts'
import { revokeCredential } from '../../core/credentials/revoke-credential.ts'
import { endOtherSessions } from '../../core/sign-in/sessions/end-other-sessions.ts'
import { listOwnSessions } from '../../core/sign-in/sessions/list-own-sessions.ts'
import type { World } from '../../core/world.ts'
import { readForm, type WireRequest } from '../../http/request.ts'
import type { Credential } from '../../model/credentials/credential.ts'
import type { WireAnswer } from '../dialect.ts'
import { type AskedEnding, endingBody, endingTitle, readEnding } from '../ui/between/ending-page.ts'
import { hidden } from '../ui/html.ts'
import { moment } from '../ui/moment.ts'
import { act } from '../ui/signed-in-pages.ts'
import { backTo, type Done, type Member, sectionPage } from './member.ts'

/* Sessions of the user, shown as browsers. */

type Shown = { sessions: Credential<'session'>[]; done?: Done | undefined }

export const visitSessions = async (world: World, who: Member, done: Done | undefined): Promise<Shown> => ({
  sessions: await listOwnSessions(world, who),
  done,
})

export function showSessions({ sessions, done }: Shown, _request: unknown, who: Member): WireAnswer {
  const words = who.own.sessions
  return sectionPage(who, {
    section: 'sessions',
    done,
    body: html`<p class="lead">${words.lead}</p>
<ul class="cards">!${sessions.map(one => row(who, one))}</ul>
!${sessions.length > 1 ? html`<div class="row">!${act(who, '/account/sessions', words.endOthers, hidden('which', 'others'))}</div>` : ''}`,
  })
}

function row(who: Member, session: Credential<'session'>): string {
  const words = who.own.sessions
  const here = session.id === who.session.credential.id
  const { userAgent, ip } = session.data.device
  return html`<li class="card"><h2>${browserOf(userAgent) ?? words.unknown} !${here ? html`<span class="badge good">${words.here}</span>` : ''}</h2>
<p class="hint">${words.signedIn} !${moment(who, session.createdAt, '')} · ${words.used} !${here ? words.now : moment(who, session.lastUsedAt, who.own.never)} !${ip ? html`· ${words.from} <code>${ip}</code>` : ''}</p>
!${here ? '' : html`<div class="row">!${act(who, '/account/sessions', words.end, hidden('which', 'one') + hidden('id', session.id))}</div>`}</li>`
}

/** Shows the browser's family name, which is enough for the user to recognise it. */
function browserOf(userAgent = ''): string | undefined {
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\//.exec(userAgent)?.[1]
  const system = /(Android|iPhone|iPad|Windows|Mac OS X|Linux)/.exec(userAgent)?.[1]
  return browser && [browser.replace('Edg', 'Edge').replace('OPR', 'Opera'), system].filter(Boolean).join(', ')
}

export function readEndSession(request: WireRequest) {
  const form = readForm(request)
  return { which: form.required('which'), id: form.one('id') ?? '', ...readEnding(request) }
}

export async function endSessions(
  world: World,
  who: Member,
  { which, id, sure, fields }: ReturnType<typeof readEndSession>,
): Promise<AskedEnding | Done> {
  if (sure) {
    if (which === 'others') await endOtherSessions(world, who)
    else await revokeCredential(world, who, { credentialId: id })
    return 'revoked'
  }
  // Refuses a session of another user before the confirmation page.
  if (which !== 'others') await findCredential(world, who, id, 'revokeCredential')
  const all = await listOwnSessions(world, who)
  const meant = all.filter(one => (which === 'others' ? one.id !== who.session.credential.id : one.id === id))
  const [first] = meant
  if (!first) return 'revoked'
  const names = meant.map(one => browserOf(one.data.device.userAgent) ?? who.own.sessions.unknown)
  return {
    act: meant.length === 1 ? 'endSession' : 'endSessions',
    what: meant.length === 1 ? (names[0] ?? '') : who.own.sessions.several(meant.length),
    ...(meant.length > 1 && { items: names }),
    fields,
  }
}

export const sessionsEnded = (fact: AskedEnding | Done, _request: unknown, who: Member): WireAnswer =>
  typeof fact === 'string'
    ? backTo(who, 'sessions', fact)
    : sectionPage(who, {
        section: 'sessions',
        title: endingTitle(who, fact),
        body: endingBody(who, fact, { to: '/account/sessions', back: '/account/sessions' }),
      })
