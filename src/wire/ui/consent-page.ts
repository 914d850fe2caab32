import { html } from 'ghtml'
import type { Outcome } from '../../core/oauth/authorize/outcome.ts'
import { scopesOfClaims } from '../../core/openid/user-claims.ts'
import { type Credential, networksOf } from '../../model/credentials/credential.ts'
import { covers, notCovered, type Scope } from '../../model/scopes/scope.ts'
import type { User } from '../../model/users/user.ts'
import type { WireAnswer } from '../dialect.ts'
import { browserCsrfField, csrfField, hidden, page } from './html.ts'
import { moment } from './moment.ts'
import type { PageRequest } from './page-request.ts'
import { isVetted, publisher } from './publisher.ts'
import { scopeSentence } from './scope-sentences.ts'
import { appName, shownName } from './shown-name.ts'
import { shownWay } from './ways/ways.ts'
import type { Words } from './words/en.ts'

/** Shows the application, the user, the scopes and the target. Allow and Deny look alike, and neither has the focus. */
export function consentPage(who: PageRequest, outcome: Outcome & { is: 'consent' }): WireAnswer {
  const { words } = who
  const { client, user, interaction, had, texts, key } = outcome
  const { request } = interaction
  const { resources, way } = request
  const scopes = [...new Set([...outcome.scopes, ...(key ? [] : scopesOfClaims(request.claims))])]
  const back = shownWay(way)
  const sentence = (scope: Scope) => scopeSentence(words, texts, scope)
  const fresh = notCovered(had, scopes).map(sentence)
  const known = scopes.filter(scope => covers(had, scope)).map(sentence)
  const risky = [...fresh, ...known].some(({ risk }) => risk === 'high') && !isVetted(client)
  const list = (heading: string, permissions: Sentence[]) => permissionList(words, heading, permissions)
  const name = appName(who, client)
  const title = key ? words.keyConsent.question(name) : words.consent.title(name)
  const self = `/consent?interaction=${interaction.sealed}`
  return page(who, {
    title,
    self,
    formsLead: 'out',
    body: html`<h1>${title}</h1>
!${key ? keyFacts(who, key, user, interaction.sealed) : identity(words, user.handle, interaction.sealed)}
!${publisher(who, client, outcome)}
!${back.facts?.(who, way) ?? ''}
<section>
!${scopes.length === 0 ? html`<p>${key ? words.keyConsent.wantsNothing : words.consent.wantsNothing}</p>` : ''}
!${list(fresh.length < scopes.length ? words.consent.wantsMore : words.consent.wants, fresh)}
!${list(words.consent.has, known)}
!${resources.length === 0 ? '' : html`<p class="hint">${words.consent.at} !${resources.map(one => html`<code>${one}</code> `)}</p>`}
</section>
<p class="destination">!${back.destination(words, way)}</p>
<form method="post" action="/consent">
!${key ? browserCsrfField(who) : csrfField(who)}!${hidden('interaction', interaction.sealed)}
!${
      risky
        ? html`<p class="check"><input type="checkbox" id="understood" name="understood" value="yes" required>
<label for="understood">${words.consent.understood}</label></p>`
        : ''
    }
<div class="pair">
<button class="plain" type="submit" name="decision" value="deny" formnovalidate>${words.consent.deny}</button>
<button class="primary" type="submit" name="decision" value="allow">${words.consent.allow}</button>
</div>
</form>
<p class="hint">!${key ? html`${words.keyConsent.ends}` : html`${words.consent.withdraw} <a href="/account/applications">${words.consent.connected}</a>.`}</p>`,
  })
}

type Sentence = ReturnType<typeof scopeSentence>

function permissionList(words: Words, heading: string, permissions: readonly Sentence[]): string {
  if (permissions.length === 0) return ''
  const badge = html` <span class="badge">${words.consent.highRisk}</span>`
  return html`<h2>${heading}</h2>
<ul class="scopes">!${permissions.map(({ sentence, risk }) => html`<li>${sentence}!${risk === 'high' ? badge : ''}</li>`)}</ul>`
}

const identity = (words: Words, handle: string, interaction: string): string => html`<p class="identity">
<span class="avatar" aria-hidden="true">${[...handle][0]?.toUpperCase() ?? ''}</span>
<span>${words.consent.signedInAs} <strong>${handle}</strong><br>
<a href="/login?interaction=${interaction}&switch=yes">${words.consent.notYou}</a></span>
</p>`

/** Shows the presented key: its owner, its networks and its expiry. */
function keyFacts(who: PageRequest, key: Credential, user: User, interaction: string): string {
  const { keyConsent } = who.words
  const networks = networksOf(key)
  return html`<p class="identity">
<span class="avatar" aria-hidden="true">${[...user.handle][0]?.toUpperCase() ?? ''}</span>
<span>${keyConsent.withKey} <strong>${shownName(key.name ?? key.hint)}</strong> <code>${key.hint}</code> ${keyConsent.of(user.handle)}<br>
<a href="/login?interaction=${interaction}&switch=yes">${keyConsent.another}</a></span>
</p>
<p class="hint">!${networks ? html`${keyConsent.onlyFrom} !${networks.map(one => html`<code>${one}</code>`).join(', ')}.` : html`${keyConsent.fromEverywhere}`}!${key.expiresAt === undefined ? '' : html` ${keyConsent.until} !${moment(who, key.expiresAt, '')}.`}</p>`
}
