import { DAY } from '../../../model/span.ts'
import { ATTENTION } from '../../ui/words/attention.ts'
import { answered, type Handlers } from '../handler.ts'
import { seconds } from '../times.ts'
import { needsAttention } from './attention.ts'
import type { installationOperations } from './operations.ts'

export const installationHandlers: Handlers<keyof typeof installationOperations> = {
  async overview(world, { language }, { query }) {
    const now = world.now()
    const { statistics, rules, installation } = world
    const [counts, today, before, attention] = await Promise.all([
      statistics.counts(),
      statistics.totals(now - DAY, now + 60_000),
      statistics.totals(now - 2 * DAY, now - DAY),
      needsAttention(world, query.unused_days, ATTENTION[language ?? 'en']),
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
