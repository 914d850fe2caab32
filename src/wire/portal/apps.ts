import { html } from 'ghtml'
import { listOwnClients } from '../../core/clients/own/list-own-clients.ts'
import { registerClient } from '../../core/clients/register-client.ts'
import { grantable, type ScopeChoices, scopeChoices } from '../../core/resources/scope-choices.ts'
import type { World } from '../../core/world.ts'
import { readForm, type WireRequest } from '../../http/request.ts'
import type { Client } from '../../model/clients/client.ts'
import type { Refusal } from '../../model/refusals/refusal.ts'
import { mayGrant } from '../../model/users/user.ts'
import type { WireAnswer } from '../dialect.ts'
import { button, csrfField, field } from '../ui/html.ts'
import { moment } from '../ui/moment.ts'
import { readScopes, scopePicker } from '../ui/scope-picker.ts'
import { secretField } from '../ui/secrets/copy-button.ts'
import { shownName } from '../ui/shown-name.ts'
import { formError } from '../ui/signed-in-pages.ts'
import { type Done, type Member, portalPage } from './member.ts'

/* The list of own applications, and registration. */

export type AppForm = { name: string; website?: string; redirectUris: string[]; scopes: string[]; type: Client['type'] }
type Apps =
  | {
      show: 'list'
      apps: Client[]
      choices: ScopeChoices
      done?: Done | undefined
      problem?: Refusal
      entered?: AppForm
    }
  | { show: 'secret'; client: Client; secret: string | undefined }

/** The scopes for which this user may register an application. */
export const choicesFor = async (world: World, who: Member): Promise<ScopeChoices> =>
  grantable(await scopeChoices(world), scope => mayGrant(who.session.user, scope))

export async function visitApps(world: World, who: Member, done: Done | undefined): Promise<Apps> {
  const [{ items }, choices] = await Promise.all([listOwnClients(world, who, { limit: 200 }), choicesFor(world, who)])
  return { show: 'list', apps: items, choices, done }
}

export function readApp(request: WireRequest): AppForm {
  const form = readForm(request)
  const website = form.one('website')
  return {
    name: form.one('name') ?? '',
    redirectUris: (form.one('redirect_uris') ?? '').split(/\s+/).filter(uri => uri !== ''),
    scopes: readScopes(form),
    type: form.one('type') === 'public' ? 'public' : 'confidential',
    ...(website !== undefined && { website }),
  }
}

export async function registerApp(world: World, who: Member, entered: AppForm): Promise<Apps> {
  const ownerId = who.session.user.id
  try {
    const { client, secret } = await registerClient(world, who, { ...entered, ownerId, source: 'portal' })
    return { show: 'secret', client, secret }
  } catch (error) {
    return { ...(await visitApps(world, who, undefined)), show: 'list', problem: formError(error), entered } as Apps
  }
}

export function showApps(fact: Apps, _request: unknown, who: Member): WireAnswer {
  if (fact.show === 'secret') return secretPage(who, fact.client, fact.secret)
  const words = who.own.apps
  const { apps } = fact
  const card = (client: Client) => html`<li class="card"><h2>${shownName(client.name)}</h2>
<p class="hint"><code>${client.id}</code> · ${words.made} !${moment(who, client.createdAt, '')}</p>
<div class="row"><a href="/developers/apps/${client.id}">${words.open}</a></div></li>`
  return portalPage(who, {
    section: 'apps',
    done: fact.done,
    problem: fact.problem,
    ...(fact.problem && { status: 400 }),
    body: html`<p class="lead">${words.lead}</p>
!${apps.length === 0 ? html`<p class="empty">${words.empty}</p>` : html`<ul class="cards">!${apps.map(card)}</ul>`}
<h2>${words.register}</h2>
<form class="slim" method="post" action="/developers/apps">!${csrfField(who)}
!${appFields(who, fact.choices, fact.entered)}
<div class="field"><label for="type">${words.type}</label><select id="type" name="type"><option value="confidential">${words.types.confidential}</option><option value="public" !${fact.entered?.type === 'public' ? 'selected' : ''}>${words.types.public}</option></select></div>
!${button(words.submit)}</form>`,
  })
}

/** The fields of a registration, which can be changed later. */
export function appFields(
  who: Member,
  choices: ScopeChoices,
  shown: Partial<Pick<Client, 'name' | 'website' | 'redirectUris' | 'scopes'>> = {},
): string {
  const words = who.own.apps
  return html`!${field({ name: 'name', label: words.name, hint: words.nameHint, value: shown.name ?? '', longest: 200 })}
!${field({ name: 'website', label: words.website, remark: words.optional, value: shown.website ?? '', required: false, longest: 2000 })}
<div class="field"><label for="redirect_uris">${words.redirects}</label><textarea id="redirect_uris" name="redirect_uris" rows="3" spellcheck="false" aria-describedby="redirects-hint">${(shown.redirectUris ?? []).join('\n')}</textarea><p class="hint" id="redirects-hint">${words.redirectsHint}</p></div>
!${scopePicker(who.words, choices, shown.scopes ?? [], words.scopes)}`
}

/** The only page that shows the secret. */
export function secretPage(who: Member, client: Client, secret: string | undefined): WireAnswer {
  const words = who.own.apps
  return portalPage(who, {
    section: 'apps',
    title: shownName(client.name),
    status: 201,
    body: html`<dl><dt>${words.id}</dt><dd><code>${client.id}</code></dd></dl>
!${secret === undefined ? '' : html`<p class="flash warning">${words.shownOnce}</p>!${secretField(who, { id: 'secret', label: words.secret, text: secret })}`}
<p class="links"><a href="/developers/apps/${client.id}">${words.open}</a> <a href="/developers/apps">${words.back}</a></p>`,
  })
}
