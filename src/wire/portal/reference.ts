import { html } from 'ghtml'
import type { World } from '../../core/world.ts'
import type { ScopeText } from '../../model/clients/client.ts'
import { KINDS } from '../../model/credentials/credential.ts'
import { type CredentialFamily, DIALECT_NAMES } from '../../model/credentials/verdict.ts'
import { DAY } from '../../model/span.ts'
import type { WireAnswer } from '../dialect.ts'
import { scopeSentence } from '../ui/scope-sentences.ts'
import { type Member, portalPage } from './member.ts'
import { table } from './table.ts'

/* Lists of scopes, and of older systems with the reader's use of each. */

export const listScopes = (world: World): Promise<ScopeText[]> => world.scopes.list()

export function showScopes(texts: ScopeText[], _request: unknown, who: Member): WireAnswer {
  const { scopes: words, columns } = who.own
  const row = ({ scope, risk }: ScopeText) => ({
    id: scope,
    cells: [html`<code>${scope}</code>`, html`${scopeSentence(who.words, texts, scope).sentence}`, words.risk[risk]],
  })
  return portalPage(who, {
    section: 'scopes',
    body: html`<p class="lead">${words.lead}</p>
!${texts.length === 0 ? html`<p class="empty">${words.empty}</p>` : table([columns.scope, columns.meaning, columns.risk], texts.map(row))}`,
  })
}

/** Redirects to the list of refusals in the reference, which everybody may read. */
export const toErrors = (): WireAnswer => ({ status: 308, headers: { location: '/docs/errors' }, body: '' })

const MONTH = 30 * DAY
/** The kind of credential of each older system. */
const KIND_OF: Record<CredentialFamily, string> = {
  apikey: KINDS['api-key'].shown,
  zebbra: KINDS['user-token'].shown,
  tokenapi: KINDS['token-pair'].shown,
  mastodon: KINDS['access-token'].shown,
  zocial: KINDS['application-token'].shown,
}
type Migration = { uses: Map<string, number>; on: readonly CredentialFamily[] }

export async function visitMigration(world: World, { session }: Member): Promise<Migration> {
  const until = world.now()
  const buckets = await world.usage.read({ since: until - MONTH, until, bucketMinutes: 1440, userId: session.user.id })
  const uses = new Map<string, number>()
  for (const { kind, count } of buckets) {
    const shown = Object.hasOwn(KINDS, kind) ? KINDS[kind as keyof typeof KINDS].shown : kind
    uses.set(shown, (uses.get(shown) ?? 0) + count)
  }
  return { uses, on: world.rules.dialects }
}

export function showMigration({ uses, on }: Migration, _request: unknown, who: Member): WireAnswer {
  const words = who.own.migration
  const rows = DIALECT_NAMES.map(name => {
    const { name: title, instead } = words.rows[name]
    return {
      cells: [title, on.includes(name) ? String(uses.get(KIND_OF[name]) ?? 0) : words.off, instead].map(
        text => html`${text}`,
      ),
    }
  })
  return portalPage(who, {
    section: 'migration',
    body: html`<p class="lead">${words.lead}</p>!${table([words.kind, words.used, words.instead], rows)}`,
  })
}
