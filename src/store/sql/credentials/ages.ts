import { sql } from 'kysely'
import { AGE_BANDS, type CredentialKind, USED_WITHIN } from '../../../model/credentials/credential.ts'
import { DAY } from '../../../model/span.ts'
import type { AgeCount, StatisticsStore } from '../../../ports/statistics.ts'
import type { Engine } from '../../engine.ts'

const KINDS = ['api-key', 'application-token'] as const satisfies readonly CredentialKind[]

/**
 * Runs one statement for each age band, so that other work can run in between. Each statement repeats the predicate and
 * columns of migration 0006, so the database reads only the index `live_keys_by_age`.
 */
export const ages = ({ db }: Engine): Pick<StatisticsStore, 'ages'> => ({
  async ages(now) {
    const found: AgeCount[] = []
    for (const [i, fromDays] of AGE_BANDS.entries()) {
      const before = i === 0 ? Number.MAX_SAFE_INTEGER : now - fromDays * DAY
      const after = now - (AGE_BANDS[i + 1] ?? Number.POSITIVE_INFINITY) * DAY
      const { rows } = await sql<Record<string, number>>`
        select ${sql.join(KINDS.flatMap(kind => usesOf(kind, now - USED_WITHIN)))} from credentials
        where revoked_at is null and kind in ('api-key', 'application-token')
          and (expires_at is null or expires_at > ${now})
          and created_at <= ${before} and created_at > ${Math.max(after, -1)}`.execute(db)
      for (const kind of KINDS)
        for (const use of ['recent', 'lapsed', 'never'] as const) {
          const count = Number(rows[0]?.[`${kind} ${use}`] ?? 0)
          if (count > 0) found.push({ fromDays, kind, use, count })
        }
    }
    return found
  },
})

const usesOf = (kind: CredentialKind, since: number) => {
  const counted = (use: string, condition: ReturnType<typeof sql>) =>
    sql`count(*) filter (where kind = ${kind} and ${condition}) as ${sql.ref(`${kind} ${use}`)}`
  return [
    counted('recent', sql`last_used_at >= ${since}`),
    counted('lapsed', sql`last_used_at < ${since}`),
    counted('never', sql`last_used_at is null`),
  ]
}
