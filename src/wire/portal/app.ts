import { createHash } from 'node:crypto'
import { html } from 'ghtml'
import { changeClient } from '../../core/clients/change-client.ts'
import { deleteClient } from '../../core/clients/delete-client.ts'
import { findOwnClient } from '../../core/clients/own/find-own-client.ts'
import { rotateClientSecret } from '../../core/clients/rotate-client-secret.ts'
import { foreseeEnding } from '../../core/credentials/foresee-ending.ts'
import { issueTestToken, type TestToken } from '../../core/credentials/issue/issue-test-token.ts'
import type { ScopeChoices } from '../../core/resources/scope-choices.ts'
import type { World } from '../../core/world.ts'
import { randomText } from '../../crypto/credential-format.ts'
import { readForm, type WireRequest } from '../../http/request.ts'
import type { Client } from '../../model/clients/client.ts'
import type { Refusal } from '../../model/refusals/refusal.ts'
import { DAY, SECOND } from '../../model/span.ts'
import type { WireAnswer } from '../dialect.ts'
import { type AskedEnding, endingBody, endingTitle, readEnding } from '../ui/between/ending-page.ts'
import { button, csrfField, hidden } from '../ui/html.ts'
import { moment } from '../ui/moment.ts'
import { secretField } from '../ui/secrets/copy-button.ts'
import { shownName } from '../ui/shown-name.ts'
import { act, formError } from '../ui/signed-in-pages.ts'
import { appFields, choicesFor, readApp, secretPage } from './apps.ts'
import { backTo, type Done, type Member, portalPage, readDone } from './member.ts'

/* The page of an application that the user owns: its data, its secrets, and a test. */

type Shown = {
  client: Client
  choices: ScopeChoices
  issuer: string
  done?: Done | undefined
  problem?: Refusal
  token?: TestToken
}
type AppPage =
  | ({ show: 'app' } & Shown)
  | { show: 'secret'; client: Client; secret: string }
  | { show: 'deleted' }
  | { show: 'ending'; client: Client; asked: AskedEnding }

export const readAppVisit = (request: WireRequest) => ({ id: request.params['id'] ?? '', done: readDone(request) })

export async function visitApp(
  world: World,
  who: Member,
  { id, done }: ReturnType<typeof readAppVisit>,
): Promise<AppPage> {
  const [client, choices] = await Promise.all([findOwnClient(world, who, { id }), choicesFor(world, who)])
  return { show: 'app', client, choices, issuer: world.rules.issuer, done }
}

export const readAppAct = (request: WireRequest) => ({
  id: request.params['id'] ?? '',
  what: readForm(request).required('what'),
  request,
})

const ENDS: ReadonlyMap<string, AskedEnding['act']> = new Map([
  ['delete', 'deleteClient'],
  ['rotate-now', 'replaceClientSecret'],
])

/** The actions of the page's forms, by name. */
export async function actOnApp(world: World, who: Member, ask: ReturnType<typeof readAppAct>): Promise<AppPage> {
  const { id, what, request } = ask
  const client = await findOwnClient(world, who, { id })
  const shown = { show: 'app', client, choices: await choicesFor(world, who), issuer: world.rules.issuer } as const
  const act = ENDS.get(what)
  const { sure, fields } = readEnding(request)
  if (act && !sure) {
    const impact = await foreseeEnding(world, who, { of: 'client', id })
    return { show: 'ending', client, asked: { act, what: shownName(client.name), impact, fields } }
  }
  if (what === 'delete') {
    await deleteClient(world, who, { clientId: id })
    return { show: 'deleted' }
  }
  if (what === 'token') return { ...shown, token: await issueTestToken(world, who, { clientId: id }) }
  if (what === 'rotate' || what === 'rotate-now') {
    const overlapSeconds = what === 'rotate' ? DAY / SECOND : 0
    return { show: 'secret', ...(await rotateClientSecret(world, who, { clientId: id, overlapSeconds })) }
  }
  try {
    const { name, website, redirectUris, scopes } = readApp(request)
    return {
      ...shown,
      client: await changeClient(world, who, { clientId: id, name, website: website ?? null, redirectUris, scopes }),
      done: 'saved',
    }
  } catch (error) {
    return { ...shown, problem: formError(error) }
  }
}

export function showApp(fact: AppPage, _request: unknown, who: Member): WireAnswer {
  if (fact.show === 'deleted') return backTo(who, 'apps', 'deleted')
  if (fact.show === 'secret') return secretPage(who, fact.client, fact.secret)
  const words = who.own.apps
  const at = `/developers/apps/${fact.client.id}`
  if (fact.show === 'ending')
    return portalPage(who, {
      section: 'apps',
      title: endingTitle(who, fact.asked),
      self: at,
      body: endingBody(who, fact.asked, { to: at, back: at }),
    })
  const { client, token } = fact
  const deletion = who.words.ending.of.deleteClient
  return portalPage(who, {
    section: 'apps',
    title: shownName(client.name),
    self: at,
    done: fact.done,
    problem: fact.problem,
    ...(fact.problem && { status: 400 }),
    body: html`<p><a href="/developers/apps">${words.back}</a></p>
<dl><dt>${words.id}</dt><dd><code>${client.id}</code></dd><dt>${words.grants}</dt><dd><code>${client.grantTypes.join(' ')}</code></dd></dl>
<form class="slim" method="post" action="${at}">!${csrfField(who)}!${hidden('what', 'change')}!${appFields(who, fact.choices, client)}!${button(words.save)}</form>
!${client.type === 'confidential' ? secrets(who, client, at) : ''}
<h2>${words.forMe}</h2><p>${words.forMeWhy}</p>
!${token ? html`<p class="flash warning">${words.shownOnce}</p>!${secretField(who, { id: 'token', label: words.forMe, text: token.secret })}<pre tabindex="0"><code>curl -H "Authorization: Bearer $TOKEN" ${fact.issuer}/v1/whoami</code></pre>` : ''}
!${act(who, at, words.forMe, hidden('what', 'token'))}
<h2>${words.flow}</h2>!${flow(who, client, fact.issuer)}
<h2>${deletion.word}</h2><p>${deletion.says}</p>!${act(who, at, deletion.word, hidden('what', 'delete'))}`,
  })
}

function secrets(who: Member, client: Client, at: string): string {
  const words = who.own.apps
  const rows = client.secrets.map(
    ({ hint, expiresAt }) =>
      html`<li><code>${hint}</code> !${expiresAt === undefined ? words.secretStays : moment(who, expiresAt, '')}</li>`,
  )
  return html`<h2>${words.secrets}</h2><ul class="plain">!${rows}</ul>
<div class="row">!${act(who, at, words.rotate, hidden('what', 'rotate'))}!${act(who, at, words.rotateNow, hidden('what', 'rotate-now'))}</div>`
}

/**
 * The steps of RFC 6749 section 4.1 with PKCE, with the application's values. The verifier is valid for one use by the
 * reader.
 */
function flow(who: Member, client: Client, issuer: string): string {
  const words = who.own.apps
  const redirectUri = client.redirectUris[0]
  if (redirectUri === undefined) return html`<p>${words.flowNone}</p>`
  const verifier = randomText(64)
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client.id,
    redirect_uri: redirectUri,
    scope: client.scopes.join(' '),
    state: randomText(16),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const url = `${issuer}/oauth2/authorize?${query}`
  const proof = client.type === 'confidential' ? `-u "${client.id}:$CLIENT_SECRET"` : `-d client_id=${client.id}`
  return html`<p>${words.flowWhy}</p>
<ol><li><p><a href="${url}">${words.flowOpen}</a></p><pre tabindex="0"><code>${url}</code></pre></li>
<li><p>${words.flowExchange}</p><pre tabindex="0"><code>curl ${issuer}/oauth2/token ${proof} -d grant_type=authorization_code -d code=$CODE --data-urlencode redirect_uri=${redirectUri} -d code_verifier=${verifier}</code></pre></li></ol>`
}
