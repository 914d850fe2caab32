import { html } from 'ghtml'
import { findCredential } from '../../core/credentials/find-credential.ts'
import { foreseeEnding } from '../../core/credentials/foresee-ending.ts'
import { type IssuedKey, issueKey } from '../../core/credentials/issue/issue-key.ts'
import { findUnusedKeys } from '../../core/credentials/own/find-unused-keys.ts'
import { listOwnKeys } from '../../core/credentials/own/list-own-keys.ts'
import { revokeUnusedKeys } from '../../core/credentials/own/revoke-unused-keys.ts'
import { revokeCredential } from '../../core/credentials/revoke-credential.ts'
import { rotateKey } from '../../core/credentials/rotate-key.ts'
import { grantable, type ScopeChoices, scopeChoices } from '../../core/resources/scope-choices.ts'
import { answerOnce } from '../../core/services/answer-once.ts'
import type { World } from '../../core/world.ts'
import { randomText } from '../../crypto/credential-format.ts'
import { readForm, type WireRequest } from '../../http/request.ts'
import { type Credential, remarksOf, statusOf, UNUSED_DAYS } from '../../model/credentials/credential.ts'
import { Refusal, type RefusalCode } from '../../model/refusals/refusal.ts'
import { formatScopes } from '../../model/scopes/scope.ts'
import { DAY, SECOND } from '../../model/span.ts'
import { mayGrant } from '../../model/users/user.ts'
import type { WireAnswer } from '../dialect.ts'
import { type AskedEnding, endingBody, endingTitle, readEnding } from '../ui/between/ending-page.ts'
import { button, csrfField, field, hidden } from '../ui/html.ts'
import { moment } from '../ui/moment.ts'
import { readScopes, scopePicker } from '../ui/scope-picker.ts'
import { secretField } from '../ui/secrets/copy-button.ts'
import { shownName } from '../ui/shown-name.ts'
import { act, formError } from '../ui/signed-in-pages.ts'
import { backTo, type Done, type Member, sectionPage } from './member.ts'

/* The user's application tokens and API keys. The secret of a new one is shown only in the first answer. */

const UNUSED = UNUSED_DAYS * DAY
/** A replaced token works for this long, for programs that still use it. */
const OVERLAP_SECONDS = DAY / SECOND
const LIVES = [7, 30, 90, 365] as const
const KINDS = ['application-token', 'api-key'] as const

type List = {
  show: 'list'
  keys: Credential[]
  choices: ScopeChoices
  form: string
  now: number
  done?: Done | undefined
  problem?: Refusal
  entered?: string
}
type TokensPage =
  | List
  | { show: 'made'; secret: string; kind: Credential['kind']; issuer: string; replaces?: true }
  | { show: 'again' }

export const visitTokens = (world: World, who: Member, done: Done | undefined): Promise<List> =>
  list(world, who, { done })

async function list(world: World, who: Member, more: Partial<List>): Promise<List> {
  const [{ items }, choices] = await Promise.all([listOwnKeys(world, who), scopeChoices(world)])
  return {
    show: 'list',
    keys: items,
    choices: grantable(choices, scope => mayGrant(who.session.user, scope)),
    form: randomText(24),
    now: world.now(),
    ...more,
  }
}

export function readNewToken(request: WireRequest) {
  const form = readForm(request)
  const days = form.one('days')
  return {
    form: form.required('form'),
    name: form.one('name') ?? '',
    kind: KINDS.find(kind => kind === form.one('kind')) ?? 'application-token',
    // Scopes must be chosen explicitly, so a form without a choice yields none.
    ...(form.one('everything') !== 'yes' && {
      scopes: readScopes(form),
    }),
    days: LIVES.find(life => String(life) === days),
  }
}

/**
 * Idempotent by the form's number: a reload or second click makes no second token and does not show the secret again,
 * because the stored answer contains none.
 */
export async function makeToken(world: World, who: Member, ask: ReturnType<typeof readNewToken>): Promise<TokensPage> {
  const { id } = who.session.user
  const { form: key, days, ...entered } = ask
  const once = { caller: `account ${id}`, key, request: JSON.stringify(ask) }
  const expiresAt = days === undefined ? {} : { expiresAt: world.now() + days * DAY }
  let made: Promise<IssuedKey> | undefined
  const make = async () => {
    made = issueKey(world, who, { ...entered, userId: id, ...expiresAt })
    await made
    return {}
  }
  try {
    await answerOnce(world, once, make)
    if (!made) return { show: 'again' }
    const { secret, credential } = await made
    return { show: 'made', secret, kind: credential.kind, issuer: world.rules.issuer }
  } catch (error) {
    const problem = made ? formError(error) : formSentBefore(error)
    return list(world, who, { problem, entered: ask.name })
  }
}

/** The message for a form that was sent before. The page with this message contains a form with a new number. */
function formSentBefore(error: unknown): Refusal {
  const sentence = error instanceof Refusal ? SENT_BEFORE.get(error.code) : undefined
  if (!sentence) throw error
  return new Refusal('parameter-invalid', 'a form that was sent before', { sentence })
}

const SENT_BEFORE: ReadonlyMap<RefusalCode, string> = new Map([
  ['idempotency-mismatch', 'This form was sent before with other entries. Send it again to make another token.'],
  [
    'state-conflict',
    'This form was sent before, and it is not known what came of it. Look through the list before you send it again.',
  ],
])

export function showTokens(fact: TokensPage, _request: unknown, who: Member): WireAnswer {
  if (fact.show === 'again') return backTo(who, 'tokens', 'shown')
  if (fact.show === 'made') return showMade(who, fact)
  const words = who.own.tokens
  const { keys } = fact
  const rows = keys.map(key => row(who, key, fact.now))
  return sectionPage(who, {
    section: 'tokens',
    done: fact.done,
    problem: fact.problem,
    ...(fact.problem && { status: 400 }),
    body: html`<p class="lead">${words.lead}</p>
!${keys.length === 0 ? html`<p class="empty">${words.empty}</p>` : html`<ul class="cards">!${rows}</ul>`}
!${keys.length > 1 ? html`<div class="row">!${act(who, '/account/tokens/revoke', words.revokeUnused, hidden('which', 'unused'))}</div>` : ''}
<h2>${words.make}</h2>
!${form(who, fact)}`,
  })
}

function row(who: Member, key: Credential, now: number): string {
  const words = who.own.tokens
  const status = statusOf(key, now)
  const works = status === 'active' || status === 'spent'
  const ends = key.revokedAt ?? key.expiresAt
  const id = hidden('id', key.id)
  const replace = status === 'active' ? act(who, '/account/tokens/replace', words.replace, id) : ''
  const note = remarksOf(key).note
  const state = works
    ? act(who, '/account/tokens/state', words.disable, hidden('state', 'disabled') + id)
    : status !== 'disabled'
      ? ''
      : key.disabledBy === who.session.user.id
        ? act(who, '/account/tokens/state', words.enable, hidden('state', 'enabled') + id)
        : html`<p class="hint">${words.disabledByStaff}</p>`
  return html`<li class="card"><h2>${nameOf(key)} <span class="badge !${works ? 'good' : ''}">${words.status[status]}</span></h2>
<p class="hint"><code>${key.hint}</code> · ${words.made} !${moment(who, key.createdAt, '')} · ${words.ends} !${moment(who, ends, who.own.never)} · ${words.used} !${moment(who, key.lastUsedAt, who.own.never)}</p>
<p>${words.scopes}: !${key.scopes?.length ? html`<code>${formatScopes(key.scopes)}</code>` : key.scopes ? words.nothing : words.inherits}</p>
!${note ? html`<p>${note}</p>` : ''}
!${works || status === 'disabled' ? html`<div class="row">!${replace}!${state}!${act(who, '/account/tokens/revoke', words.revoke, hidden('which', 'one') + id)}</div>` : ''}</li>`
}

function form(who: Member, fact: List): string {
  const words = who.own.tokens
  const option = (value: string, label: string, chosen: boolean) =>
    html`<option value="${value}" !${chosen ? 'selected' : ''}>${label}</option>`
  return html`<form class="slim" method="post" action="/account/tokens">!${csrfField(who)}!${hidden('form', fact.form)}
!${field({ name: 'name', label: words.name, hint: words.nameHint, value: fact.entered ?? '', longest: 200 })}
<div class="field"><label for="kind">${words.kind}</label><select id="kind" name="kind">!${KINDS.map((kind, i) => option(kind, words.kinds[kind], i === 0))}</select></div>
<div class="field"><label for="days">${words.expires}</label><select id="days" name="days">!${LIVES.map(days => option(String(days), words.days(days), days === 90))}!${option('never', words.noEnd, false)}</select></div>
!${scopePicker(who.words, fact.choices, [], words.scopes)}
<p class="hint">${words.none}</p>
<p class="check"><input type="checkbox" id="everything" name="everything" value="yes"><label for="everything">${words.everything}</label></p>
!${button(words.submit)}
</form>`
}

function showMade(who: Member, { secret, kind, issuer, replaces }: TokensPage & { show: 'made' }): WireAnswer {
  const words = who.own.tokens
  const header = kind === 'api-key' ? 'X-API-Key: $TOKEN' : 'Authorization: Bearer $TOKEN'
  return sectionPage(who, {
    section: 'tokens',
    title: words.madeTitle,
    status: 201,
    body: html`<p class="flash warning">${words.madeWhy}</p>
!${replaces ? html`<p>${words.overlap}</p>` : ''}
!${secretField(who, { id: 'secret', label: words.madeLabel, text: secret })}
<p>${words.madeTry}</p><pre tabindex="0"><code>curl -H "${header}" ${issuer}/v1/whoami</code></pre>
<p class="links"><a href="/account/tokens">${words.done}</a></p>`,
  })
}

export function readReplaceToken(request: WireRequest) {
  return { credentialId: readForm(request).required('id'), overlapSeconds: OVERLAP_SECONDS }
}

/**
 * Idempotent: if the form is sent again, the token is already replaced. The page then makes no further token and shows
 * no secret.
 */
export async function replaceToken(
  world: World,
  who: Member,
  ask: ReturnType<typeof readReplaceToken>,
): Promise<TokensPage> {
  try {
    const { secret, credential } = await rotateKey(world, who, ask)
    return { show: 'made', secret, kind: credential.kind, issuer: world.rules.issuer, replaces: true }
  } catch (error) {
    if (error instanceof Refusal && error.code === 'state-conflict') return { show: 'again' }
    throw error
  }
}

export function readRevokeToken(request: WireRequest) {
  const form = readForm(request)
  return { which: form.required('which'), id: form.one('id') ?? '', ...readEnding(request) }
}

export async function revokeToken(
  world: World,
  who: Member,
  { which, id, sure, fields }: ReturnType<typeof readRevokeToken>,
): Promise<AskedEnding | Done> {
  const unused = { unusedSince: world.now() - UNUSED }
  if (sure) {
    if (which === 'unused') await revokeUnusedKeys(world, who, unused)
    else await revokeCredential(world, who, { credentialId: id })
    return 'revoked'
  }
  const keys =
    which === 'unused'
      ? await findUnusedKeys(world, who, unused)
      : [await findCredential(world, who, id, 'revokeCredential')]
  const [first] = keys
  if (!first) return 'unused'
  const names = keys.map(nameOf)
  return {
    act: keys.length === 1 ? 'revokeCredential' : 'revokeCredentials',
    what: keys.length === 1 ? nameOf(first) : who.own.tokens.several(keys.length),
    ...(keys.length > 1 && { items: names }),
    impact: await foreseeEnding(world, who, { of: 'credentials', ids: keys.map(key => key.id) }),
    fields,
  }
}

const nameOf = ({ name, hint }: Credential): string => (name === undefined ? hint : shownName(name))

export const tokenRevoked = (fact: AskedEnding | Done, _request: unknown, who: Member): WireAnswer =>
  typeof fact === 'string'
    ? backTo(who, 'tokens', fact)
    : sectionPage(who, {
        section: 'tokens',
        title: endingTitle(who, fact),
        body: endingBody(who, fact, { to: '/account/tokens/revoke', back: '/account/tokens' }),
      })
