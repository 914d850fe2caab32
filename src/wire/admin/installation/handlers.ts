import type { z } from 'zod'
import { type Counted, findCounted } from '../../../core/journal/find-counted.ts'
import type { World } from '../../../core/world.ts'
import { type CountedBy, readCountedBy } from '../../../model/credentials/counted-by.ts'
import type { Credential } from '../../../model/credentials/credential.ts'
import { DAY } from '../../../model/span.ts'
import type * as contract from '../contract.ts'
import { answered, type Handlers } from '../handler.ts'
import { namesIn } from '../names.ts'
import { maybeSeconds, seconds } from '../times.ts'
import type { installationOperations } from './operations.ts'

const OLD_KEY = 180 * DAY

/** Fewer failed sign-ins per hour are probably typing errors. */
const MANY_FAILURES = 20

export const installationHandlers: Handlers<keyof typeof installationOperations> = {
  async overview(world, _act, { query }) {
    const now = world.now()
    const { statistics, rules, installation } = world
    const [counts, today, before, attention] = await Promise.all([
      statistics.counts(),
      statistics.totals(now - DAY, now + 60_000),
      statistics.totals(now - 2 * DAY, now - DAY),
      needsAttention(world, query.unused_days),
    ])
    return answered({
      version: rules.version,
      issuer: rules.issuer,
      database: installation.database,
      dialects: [...rules.dialects],
      started_at: seconds(installation.startedAt),
      uptime_seconds: Math.floor(installation.runningFor() / 1000),
      counts: {
        users: counts.users,
        clients: counts.clients,
        resource_servers: counts.resources,
        grants: counts.grants,
        active_credentials: counts.activeCredentials,
        active_sessions: counts.activeSessions,
      },
      last_24h: today,
      day_before: before,
      attention,
    })
  },

  listSettings: async ({ installation }) =>
    answered({
      items: installation.settings.map(({ name, variable, value, origin, secret, sentence }) => ({
        name,
        variable,
        value: value ?? null,
        origin,
        secret,
        meaning: sentence,
      })),
    }),
}

type Item = z.infer<typeof contract.overview>['attention'][number]

async function needsAttention(world: World, unusedDays: number): Promise<Item[]> {
  const now = world.now()
  const [found, keys] = await Promise.all([world.statistics.attention(now, unusedDays), world.signingKeys.list()])
  const items: Item[] = found.expiringSoon.map(credential => ({
    kind: 'expires_soon',
    about: 'credential',
    id: credential.id,
    at: maybeSeconds(credential.expiresAt),
    sentence: `${called(credential)} expires in ${days((credential.expiresAt ?? now) - now)}.`,
  }))
  for (const { countedBy, uses, refusals } of found.muchRefused) {
    const counted = await findCounted(world, countedBy)
    const { sentence, ...place } = await subjectOf(world, countedBy, counted)
    items.push({
      kind: 'refusals',
      ...place,
      at: null,
      sentence: `${refusals} of ${uses + refusals} checks of ${sentence} were refused in the last hour.`,
    })
  }
  if (found.failedSignIns >= MANY_FAILURES)
    items.push({
      kind: 'sign_in_failures',
      about: 'journal',
      id: null,
      at: null,
      sentence: `${found.failedSignIns} sign-ins failed in the last hour.`,
    })
  for (const { id, algorithm, createdAt, retiredAt } of keys)
    if (retiredAt === undefined && now - createdAt > OLD_KEY)
      items.push({
        kind: 'signing_key_old',
        about: 'signing-key',
        id,
        at: seconds(createdAt),
        sentence: `The ${algorithm} signing key is ${days(now - createdAt)} old.`,
      })
  for (const credential of found.longUnused)
    items.push({
      kind: 'unused',
      about: 'credential',
      id: credential.id,
      at: maybeSeconds(credential.lastUsedAt ?? credential.createdAt),
      sentence: `${called(credential)} has ${credential.lastUsedAt === undefined ? 'never been used' : `not been used for ${days(now - credential.lastUsedAt)}`}.`,
    })
  return items
}

const called = ({ name, hint }: Credential): string => (name ? `"${name}" (${hint})` : hint)

/** The subject of refusals: a credential, or the grant or client by which tokens without a row are counted. */
async function subjectOf(
  world: World,
  by: CountedBy,
  counted: Counted | undefined,
): Promise<Pick<Item, 'about' | 'id' | 'sentence'>> {
  const what = readCountedBy(by)
  if ('credentialId' in what) {
    const sentence = counted?.is === 'credential' ? called(counted.credential) : 'a deleted credential'
    return { about: 'credential', id: what.credentialId, sentence }
  }
  if (counted?.is === 'client')
    return { about: 'client', id: counted.client.id, sentence: `tokens of "${counted.client.name}"` }
  if (counted?.is !== 'grant') return { about: 'journal', id: null, sentence: 'tokens that have ended' }
  const { clientId, userId = '' } = counted.grant
  const names = await namesIn(world, [counted.grant])
  const of = `tokens of "${names.client(clientId).name ?? clientId}" for ${names.user(userId).name ?? 'a deleted user'}`
  return { about: 'client', id: clientId, sentence: of }
}

const days = (milliseconds: number): string => {
  const count = Math.max(0, Math.floor(milliseconds / DAY))
  if (count === 0) return 'less than a day'
  return count === 1 ? '1 day' : `${count} days`
}
