import { holds } from '../../../core/authority.ts'
import { type Explain, type Explanation, explain } from '../../../core/check/explain.ts'
import { findClient } from '../../../core/clients/find-client.ts'
import { findCredential } from '../../../core/credentials/find-credential.ts'
import type { World } from '../../../core/world.ts'
import { type CredentialKind, KINDS } from '../../../model/credential.ts'
import { EVENTS, type EventName } from '../../../model/journal.ts'
import { readAddress } from '../../../model/networks.ts'
import { Refusal } from '../../../model/refusal.ts'
import { DAY, HOUR } from '../../../model/span.ts'
import { type AcceptedDialects, DIALECT_NAMES } from '../../../model/verdict.ts'
import type { JournalFilter } from '../../../ports/stores.ts'
import type { AdminAct } from '../callers.ts'
import { namesIn } from '../names.ts'
import { seconds, showCredential, showEntry } from '../show.ts'
import { given, type Handlers, milliseconds, ownerAsked, pageOf, showPage, told } from './handler.ts'

const SPARK_HOURS = 36
const MINUTES = { minute: 1, hour: 60, day: 1440 } as const
/** More buckets than a chart can show; asks for a coarser grain. */
const MOST_BUCKETS = 1500

const ruleShown = (refused: Explanation['refused']) =>
  refused?.rule === undefined
    ? null
    : { rule: refused.rule, found: refused.found ?? null, needed: refused.needed ?? null }

type Mine = 'listJournal' | 'countJournal' | 'explain' | 'readUsage' | 'topCredentials' | 'sparklines'

export const insightHandlers: Handlers<Mine> = {
  async listJournal(world, act, { query }) {
    const { since, until } = query
    const filter = given<JournalFilter>({
      userId: ownerAsked(act.by, 'journal:read', query.owner),
      event: query.event,
      clientId: query.client,
      credentialId: query.credential,
      actor: query.actor,
      about: query.about,
      reason: query.reason,
      requestId: query.request_id,
      ip: query.ip === undefined ? undefined : readAddress(query.ip, 'ip'),
      since: since === undefined ? undefined : milliseconds(since),
      until: until === undefined ? undefined : milliseconds(until) + 999,
    })
    const page = await world.journal.list(filter, pageOf(query))
    const names = await namesIn(world, page.items)
    return told(showPage(page, entry => showEntry(entry, names)))
  },

  async countJournal(world, _who, { query }) {
    const { since, until, bucketMinutes } = buckets(world, query)
    const items = await world.insight.events({ since, until, bucketMinutes, events: readEvents(query.events) })
    return told({
      since: seconds(since),
      until: seconds(until),
      bucket_seconds: bucketMinutes * 60,
      items: items.map(({ at, event, count }) => ({ at: seconds(at), event, count })),
    })
  },

  async explain(world, act, { body }) {
    const found = await explain(world, act, readExplain(body))
    const names = await namesIn(world, [...found.entries, ...(found.credential ? [found.credential] : [])])
    return told({
      active: found.active ?? null,
      reason: found.reason ?? null,
      refused_by: ruleShown(found.refused),
      now: found.now ? { active: found.now.active, reason: found.now.reason ?? null } : null,
      credential: found.credential ? showCredential(found.credential, names, world.now()) : null,
      findings: found.findings.map(finding => ({
        rule: finding.rule,
        passed: finding.passed,
        found: finding.found ?? null,
        needed: finding.needed ?? null,
      })),
      entries: found.entries.map(entry => showEntry(entry, names)),
    })
  },

  async readUsage(world, who, { query }) {
    const { since, until, bucketMinutes } = buckets(world, query)
    const of = await usageOf(world, who, query)
    const items = await world.usage.read({ since, until, bucketMinutes, ...of })
    return told({
      since: seconds(since),
      until: seconds(until),
      bucket_seconds: bucketMinutes * 60,
      items: items.map(({ at, kind, outcome, count }) => ({ at: seconds(at), kind: kindShown(kind), outcome, count })),
    })
  },

  async topCredentials(world, _who, { query }) {
    const rows = await world.insight.top({ ...range(world, query), by: query.by, limit: query.limit })
    const found = await Promise.all(
      rows.map(async row => ({ ...row, credential: await world.credentials.byId(row.credentialId) })),
    )
    const known = found.flatMap(({ credential, count }) => (credential ? [{ credential, count }] : []))
    const names = await namesIn(
      world,
      known.map(({ credential }) => credential),
    )
    return told({
      items: known.map(({ credential, count }) => ({
        credential: showCredential(credential, names, world.now()),
        count,
      })),
    })
  },

  async sparklines(world, act, { query }) {
    const ids = [...new Set(query.credentials.split(','))].filter(id => /^[0-9a-f]{24}$/.test(id)).slice(0, 200)
    // Whoever may not read all credentials gets the lines of their own; the others do not exist for them.
    if (!holds(act.by, 'credentials:read')) for (const id of ids) await findCredential(world, act, id)
    const since = Math.floor(world.now() / HOUR) * HOUR - (SPARK_HOURS - 1) * HOUR
    const counts = await world.insight.hours({ credentialIds: ids, since })
    return told({
      since: seconds(since),
      bucket_seconds: HOUR / 1000,
      items: ids.map(credential_id => {
        const [valid, refused] = [Array<number>(SPARK_HOURS).fill(0), Array<number>(SPARK_HOURS).fill(0)]
        for (const count of counts.filter(({ credentialId }) => credentialId === credential_id)) {
          const hour = Math.round((count.at - since) / HOUR)
          if (hour < 0 || hour >= SPARK_HOURS) continue
          valid[hour] = count.valid
          refused[hour] = count.refused
        }
        return { credential_id, valid, refused }
      }),
    })
  },
}

const kindShown = (kind: string) => KINDS[kind as CredentialKind].shown

type Span = { since?: number | undefined; until?: number | undefined }

/** The last day unless said otherwise. */
function range(world: World, { since, until }: Span) {
  const end = until === undefined ? world.now() : milliseconds(until)
  const start = since === undefined ? Math.max(0, end - DAY) : milliseconds(since)
  if (start > end)
    throw new Refusal('parameter-invalid', 'since after until', {
      parameter: 'since',
      sentence: 'The range ends before it begins.',
    })
  return { since: start, until: end }
}

export function buckets(world: World, query: Span & { bucket: keyof typeof MINUTES }) {
  const bucketMinutes = MINUTES[query.bucket]
  const { since, until } = range(world, query)
  if ((until - since) / 60_000 / bucketMinutes > MOST_BUCKETS)
    throw new Refusal('parameter-invalid', 'too many buckets', {
      parameter: 'bucket',
      sentence: `That is more than ${MOST_BUCKETS} buckets. Take a larger bucket or a shorter range.`,
    })
  return { since, until, bucketMinutes }
}

function readEvents(text: string): EventName[] {
  return text.split(',').map(name => {
    const known = EVENTS.find(event => event === name)
    if (known) return known
    throw new Refusal('parameter-invalid', `no event ${name}`, { parameter: 'events' })
  })
}

/** Of one credential, of an application, of a user, or of everything: as far as it is theirs. */
async function usageOf(
  world: World,
  act: AdminAct,
  query: { credential?: string | undefined; client?: string | undefined; owner?: string | undefined },
): Promise<{ credentialId?: string; clientId?: string; userId?: string }> {
  if (query.credential !== undefined) return { credentialId: (await findCredential(world, act, query.credential)).id }
  if (query.client !== undefined)
    return { clientId: (await findClient(world, act, query.client, 'credentials:read')).id }
  const userId = ownerAsked(act.by, 'credentials:read', query.owner)
  return userId === undefined ? {} : { userId }
}

type ExplainBody = Parameters<(typeof insightHandlers)['explain']>[2]['body']

function readExplain(body: ExplainBody): Explain {
  const { credential, request_id, scopes, audience, dialects, ip } = body
  if ((credential === undefined) === (request_id === undefined))
    throw new Refusal('parameter-invalid', 'not exactly one of credential and request_id', {
      parameter: 'credential',
      sentence: 'Name exactly one of credential and request_id.',
    })
  if (request_id !== undefined) return { about: 'request', requestId: request_id }
  return {
    about: 'credential',
    presented: credential ?? '',
    ...given<{ scopes?: string[]; audience?: string; dialects?: AcceptedDialects; ip?: string }>({
      scopes,
      audience,
      dialects: dialects && readDialects(dialects),
      ip: ip === undefined ? undefined : readAddress(ip, 'ip'),
    }),
  }
}

function readDialects(names: readonly string[]): AcceptedDialects {
  if (names.includes('any')) return 'any'
  return names.map(name => {
    const known = (['native', ...DIALECT_NAMES] as const).find(one => one === name)
    if (known) return known
    throw new Refusal('parameter-invalid', `no dialect ${name}`, { parameter: 'dialects' })
  })
}
