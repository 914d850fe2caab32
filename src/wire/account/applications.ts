import { html } from 'ghtml'
import { foreseeEnding } from '../../core/credentials/foresee-ending.ts'
import { chooseApps } from '../../core/oauth/choose-apps.ts'
import { disconnectApps } from '../../core/oauth/disconnect-apps.ts'
import { findConnectedApp } from '../../core/oauth/find-connected-app.ts'
import { type ConnectedApp, listConnectedApps } from '../../core/oauth/list-connected-apps.ts'
import type { World } from '../../core/world.ts'
import { readForm, type WireRequest } from '../../http/request.ts'
import type { ScopeText } from '../../model/clients/client.ts'
import { UNUSED_DAYS } from '../../model/credentials/credential.ts'
import { DAY } from '../../model/span.ts'
import type { WireAnswer } from '../dialect.ts'
import { type AskedEnding, endingBody, endingTitle, readEnding } from '../ui/between/ending-page.ts'
import { hidden } from '../ui/html.ts'
import { moment } from '../ui/moment.ts'
import { scopeSentence } from '../ui/scope-sentences.ts'
import { appName, shownName } from '../ui/shown-name.ts'
import { act } from '../ui/signed-in-pages.ts'
import { backTo, type Done, type Member, readDone, sectionPage } from './member.ts'

/* Grants of the user, grouped by application. Each application has its own address, so other pages can link to it. */

const UNUSED = UNUSED_DAYS * DAY

type Shown = { apps: ConnectedApp[]; texts: ScopeText[]; done?: Done | undefined; only?: string }

export const readApplications = (request: WireRequest) => ({ done: readDone(request), only: request.params['client'] })

export async function visitApplications(
  world: World,
  who: Member,
  ask: ReturnType<typeof readApplications>,
): Promise<Shown> {
  const texts = await world.scopes.list()
  const apps =
    ask.only === undefined
      ? await listConnectedApps(world, who)
      : [await findConnectedApp(world, who, { clientId: ask.only })]
  return { apps, texts, done: ask.done, ...(ask.only !== undefined && { only: ask.only }) }
}

export function readDisconnect(request: WireRequest) {
  const form = readForm(request)
  const which = form.required('which')
  const client = form.one('client')
  return { which, client, ...readEnding(request) }
}

export async function disconnect(
  world: World,
  who: Member,
  ask: ReturnType<typeof readDisconnect>,
): Promise<AskedEnding | Done> {
  const which =
    ask.which === 'all'
      ? 'all'
      : ask.which === 'unused'
        ? { unusedSince: world.now() - UNUSED }
        : { clientId: ask.client ?? '' }
  const apps = await chooseApps(world, who, { which })
  const [first] = apps
  // No application is left if the form was sent before, or if every grant is in use.
  if (!first) return ask.which === 'unused' ? 'unused' : 'revoked'
  if (ask.sure) {
    await disconnectApps(world, who, { which })
    return 'revoked'
  }
  const grants = { of: 'grants', ids: apps.flatMap(({ grantIds }) => grantIds) } as const
  const names = apps.map(({ client }) => appName(who, client))
  return {
    act: apps.length === 1 ? 'revokeGrant' : 'revokeGrants',
    what: apps.length === 1 ? appName(who, first.client) : who.own.applications.several(apps.length),
    ...(apps.length > 1 && { items: names }),
    impact: await foreseeEnding(world, who, grants),
    fields: ask.fields,
  }
}

export const disconnected = (fact: AskedEnding | Done, _request: unknown, who: Member): WireAnswer =>
  typeof fact === 'string'
    ? backTo(who, 'applications', fact)
    : sectionPage(who, {
        section: 'applications',
        title: endingTitle(who, fact),
        body: endingBody(who, fact, { to: '/account/applications', back: '/account/applications' }),
      })

export function showApplications(fact: Shown, _request: unknown, who: Member): WireAnswer {
  const words = who.own.applications
  const { apps, only } = fact
  const several = only === undefined && apps.length > 1
  return sectionPage(who, {
    section: 'applications',
    done: fact.done,
    ...(apps[0] && only !== undefined && { title: appName(who, apps[0].client) }),
    body: html`!${only === undefined ? html`<p class="lead">${words.lead}</p>` : html`<p><a href="/account/applications">${words.back}</a></p>`}
!${apps.length === 0 ? html`<p class="empty">${words.empty}</p>` : ''}
<ul class="cards">!${apps.map(app => card(who, fact.texts, app, only !== undefined))}</ul>
!${several ? html`<div class="row">!${act(who, '/account/applications', words.revokeUnused, hidden('which', 'unused'))}!${act(who, '/account/applications', words.revokeAll, hidden('which', 'all'))}</div>` : ''}`,
  })
}

/** Shows the two latest networks only. */
function fromNetworks({ networks }: ConnectedApp, words: Member['own']['applications']): string {
  if (networks.length === 0) return ''
  return html` · ${words.from(networks.slice(0, 2), Math.max(0, networks.length - 2))}`
}

function card(who: Member, texts: readonly ScopeText[], app: ConnectedApp, whole: boolean): string {
  const words = who.own.applications
  const { client } = app
  const scopes = app.scopes.map(scope => {
    const { sentence, risk } = scopeSentence(who.words, texts, scope)
    return html`<li !${risk === 'high' ? 'class="high"' : ''}>${sentence}</li>`
  })
  return html`<li class="card">
<div class="identity"><span class="avatar" aria-hidden="true">${[...client.name][0] ?? '?'}</span>
<div><h2>${appName(who, client)}</h2><p class="hint">${words.since} !${moment(who, app.since, '')} · ${words.used} !${moment(who, app.lastUsedAt, who.own.never)} · ${words.tokens(app.tokensIssued)}!${fromNetworks(app, words)}!${app.keys.length === 0 ? '' : html` · ${words.withKeys(app.keys.map(shownName))}`}</p></div></div>
!${scopes.length === 0 ? html`<p>${words.mayNothing}</p>` : html`<p>${words.may}</p><ul class="plain">!${scopes}</ul>`}
!${whole && client.website ? html`<p>${words.website}: <code>${client.website}</code></p>` : ''}
<div class="row">!${whole ? '' : html`<a href="/account/applications/${client.id}">${words.details}</a>`}
!${act(who, '/account/applications', words.revoke, hidden('which', 'one') + hidden('client', client.id))}</div>
</li>`
}
