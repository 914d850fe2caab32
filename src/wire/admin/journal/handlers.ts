import { type Explain, type Explanation, explain } from '../../../core/check/explain.ts'
import { nameEntries } from '../../../core/journal/name-entries.ts'
import { type ReadJournal, readJournal } from '../../../core/journal/read-journal.ts'
import type { World } from '../../../core/world.ts'
import { copyFault, copyHint } from '../../../model/credentials/copied-secret.ts'
import { type AcceptedDialects, DIALECT_NAMES, principalFields } from '../../../model/credentials/verdict.ts'
import { EVENTS, type EventName } from '../../../model/journal.ts'
import { readAddress } from '../../../model/networks.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { PageAsk } from '../../../ports/paging.ts'
import { buckets } from '../buckets.ts'
import { showCredential } from '../credentials/show.ts'
import { answered, given, type Handlers, milliseconds, ownerAsked, pageOf, showPage } from '../handler.ts'
import { namesIn } from '../names.ts'
import { seconds } from '../times.ts'
import type { journalOperations } from './operations.ts'
import { showEntry } from './show.ts'

export const journalHandlers: Handlers<keyof typeof journalOperations> = {
  async listJournal(world, act, { query }) {
    const { since, until } = query
    const ask = given<ReadJournal>({
      page: query.after === undefined ? pageOf(query) : following(world, { ...query, after: query.after }),
      userId: ownerAsked(act.by, 'listJournal', query.owner),
      event: query.event,
      clientId: query.client,
      credentialId: query.credential,
      actor: query.actor,
      about: query.about,
      outcome: query.outcome,
      reason: query.reason,
      api: query.api,
      text: query.q,
      requestId: query.request_id,
      ip: query.ip === undefined ? undefined : readAddress(query.ip, 'ip'),
      since: since === undefined ? undefined : milliseconds(since),
      until: until === undefined ? undefined : milliseconds(until) + 999,
    })
    const page = await readJournal(world, act, ask)
    const names = await nameEntries(world, page.items)
    return answered(showPage(page, entry => showEntry(entry, names, act.language)))
  },

  async countJournal(world, _who, { query }) {
    const { since, until, bucketMinutes } = buckets(world, query)
    const items = await world.statistics.events({ since, until, bucketMinutes, events: readEvents(query.events) })
    return answered({
      since: seconds(since),
      until: seconds(until),
      bucket_seconds: bucketMinutes * 60,
      items: items.map(({ at, event, count }) => ({ at: seconds(at), event, count })),
    })
  },

  async explain(world, act, { body }) {
    const found = await explain(world, act, readExplain(body))
    const names = await namesIn(world, found.credential ? [found.credential] : [])
    const named = await nameEntries(world, found.entries)
    return answered({
      active: found.active ?? null,
      reason: found.reason ?? null,
      refused_by: ruleShown(found.refused),
      now: found.now ? { active: found.now.active, reason: found.now.reason ?? null } : null,
      credential: found.credential ? showCredential(found.credential, names, world.now()) : null,
      credential_id: found.credentialId ?? found.credential?.id ?? null,
      principal: found.principal ? principalFields(found.principal) : null,
      findings: found.findings.map(finding => ({
        rule: finding.rule,
        passed: finding.passed,
        found: finding.found ?? null,
        needed: finding.needed ?? null,
      })),
      entries: found.entries.map(entry => showEntry(entry, named, act.language)),
    })
  },
}

const following = (
  { journal }: Pick<World, 'journal'>,
  { limit, cursor, after }: { limit: number; cursor?: string | undefined; after: number },
): PageAsk => ({ limit, order: 'oldest', cursor: cursor ?? journal.cursorAfter({ id: after }) })

const ruleShown = (refused: Explanation['refused']) =>
  refused?.rule === undefined
    ? null
    : { rule: refused.rule, found: refused.found ?? null, needed: refused.needed ?? null }

function readEvents(text: string): EventName[] {
  return text.split(',').map(name => {
    const known = EVENTS.find(event => event === name)
    if (known) return known
    throw new Refusal('parameter-invalid', `no event ${name}`, { parameter: 'events' })
  })
}

type ExplainBody = Parameters<(typeof journalHandlers)['explain']>[2]['body']

function readExplain(body: ExplainBody): Explain {
  const { credential, request_id, scopes, audience, dialects, ip } = body
  if ((credential === undefined) === (request_id === undefined))
    throw new Refusal('parameter-invalid', 'not exactly one of credential and request_id', {
      parameter: 'credential',
      sentence: 'Name exactly one of credential and request_id.',
    })
  if (request_id !== undefined) return { about: 'request', requestId: request_id }
  if (copyFault(credential ?? '') !== undefined)
    throw new Refusal('parameter-invalid', 'not copied as it is', copyHint('credential', credential ?? ''))
  return {
    about: 'credential',
    presented: { secret: credential ?? '' },
    as: body.as,
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
