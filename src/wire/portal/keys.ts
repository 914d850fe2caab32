import { html } from 'ghtml'
import { foreseeEnding } from '../../core/credentials/foresee-ending.ts'
import { type KeyGrant, listKeyGrants } from '../../core/oauth/key-consent/list-key-grants.ts'
import { revokeGrant } from '../../core/oauth/revoke-grant.ts'
import type { World } from '../../core/world.ts'
import { readForm, type WireRequest } from '../../http/request.ts'
import type { ScopeText } from '../../model/clients/client.ts'
import { type Credential, statusOf, usedAt } from '../../model/credentials/credential.ts'
import type { WireAnswer } from '../dialect.ts'
import { type AskedEnding, endingBody, endingTitle, readEnding } from '../ui/between/ending-page.ts'
import { hidden } from '../ui/html.ts'
import { moment } from '../ui/moment.ts'
import { scopeSentence } from '../ui/scope-sentences.ts'
import { appName, shownName } from '../ui/shown-name.ts'
import { act } from '../ui/signed-in-pages.ts'
import { backTo, type Done, type Member, portalPage } from './member.ts'

/* Programs that act with a key of the user, because the key was presented instead of a sign-in. Each can be ended alone. */

const AT = '/developers/keys'

type Shown = { grants: KeyGrant[]; texts: ScopeText[]; now: number; done?: Done | undefined }

export async function visitKeys(world: World, who: Member, done: Done | undefined): Promise<Shown> {
  const [grants, texts] = await Promise.all([listKeyGrants(world, who), world.scopes.list()])
  return { grants, texts, now: world.now(), done }
}

export const readEndOfKeyGrant = (request: WireRequest) => ({
  id: readForm(request).required('grant'),
  ...readEnding(request),
})

/** Asks first. A grant that has ended meanwhile, as with a form that is sent twice, needs no question. */
export async function endKeyGrant(
  world: World,
  who: Member,
  { id, sure, fields }: ReturnType<typeof readEndOfKeyGrant>,
): Promise<AskedEnding | 'ended'> {
  const found = (await listKeyGrants(world, who)).find(({ grant }) => grant.id === id)
  if (!found) return 'ended'
  if (sure) {
    await revokeGrant(world, who, { grantId: id })
    return 'ended'
  }
  return {
    act: 'revokeGrant',
    what: appName(who, found.client),
    items: [who.own.keys.keyStays(nameOf(found.key))],
    impact: await foreseeEnding(world, who, { of: 'grants', ids: [id] }),
    fields,
  }
}

export const showEndOfKeyGrant = (fact: AskedEnding | 'ended', _request: unknown, who: Member): WireAnswer =>
  fact === 'ended'
    ? backTo(who, 'keys', 'ended')
    : portalPage(who, {
        section: 'keys',
        title: endingTitle(who, fact),
        body: endingBody(who, fact, { to: AT, back: AT }),
      })

export function showKeys({ grants, texts, now, done }: Shown, _request: unknown, who: Member): WireAnswer {
  const words = who.own.keys
  return portalPage(who, {
    section: 'keys',
    done,
    body: html`<p class="lead">${words.lead}</p>
!${grants.length === 0 ? html`<p class="empty">${words.empty}</p>` : html`<ul class="cards">!${grants.map(one => card(who, texts, one, now))}</ul>`}
<p class="links"><a href="/account/tokens">${words.allKeys}</a></p>`,
  })
}

function card(
  who: Member,
  texts: readonly ScopeText[],
  { grant, key, client, networks }: KeyGrant,
  now: number,
): string {
  const words = who.own.keys
  const name = appName(who, client)
  const scopes = grant.scopes.map(scope => {
    const { sentence, risk } = scopeSentence(who.words, texts, scope)
    return html`<li !${risk === 'high' ? 'class="high"' : ''}>${sentence}</li>`
  })
  const from = networks.length === 0 ? '' : ` · ${words.from(networks.slice(0, 2), Math.max(0, networks.length - 2))}`
  return html`<li class="card">
<div class="identity"><span class="avatar" aria-hidden="true">${[...name][0] ?? '?'}</span>
<div><h2>${name}</h2><p class="hint">${words.allowed} !${moment(who, grant.createdAt, '')} · ${words.used} !${moment(who, usedAt(grant), who.own.never)}${from}</p></div></div>
<p>${words.withKey} <strong>${nameOf(key)}</strong> <code>${key.hint}</code>!${statusOf(key, now) === 'active' ? '' : html` <span class="badge">${words.keyStopped}</span>`}</p>
!${grant.audience.length === 0 ? '' : html`<p class="hint">${words.at} !${grant.audience.map(one => html`<code>${one}</code>`).join(' ')}</p>`}
<p>${words.may}</p><ul class="plain">!${scopes}</ul>
<div class="row">!${act(who, AT, who.words.ending.of.revokeGrant.word, hidden('grant', grant.id))}</div>
</li>`
}

const nameOf = ({ name, hint }: Credential): string => (name === undefined ? hint : shownName(name))
