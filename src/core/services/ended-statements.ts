import type { EndedStatement } from '../../ports/statements.ts'
import type { Stores } from '../../ports/stores.ts'
import type { CachedLookups } from './cached-lookups.ts'

/**
 * The ended access tokens without a row. Up to 200,000 are held in memory, loaded at start and updated from the
 * revocation log. The database is queried if there are more, or if the log was not read recently.
 */
export type EndedStatements = {
  /** `expired`: ends at or before the floor. Ended tokens below the floor are no longer stored. */
  stateOf(statement: EndedStatement): Promise<'ended' | 'expired' | 'standing'>
  /** Tokens that end at or before the floor are expired, even if the clock is wrong. */
  floor(): number
  load(): Promise<void>
}

const MOST_HELD = 200_000

export function openEndedStatements(
  { endedStatements }: Pick<Stores, 'endedStatements'>,
  lookups: Pick<CachedLookups, 'fresh' | 'onRevocation'>,
  mostHeld = MOST_HELD,
): EndedStatements {
  const held = new Map<string, number>()
  let floor = 0
  /** True if memory contains all stored ended tokens. */
  let whole = false
  /** Revoked ids from the log, of tokens and of rows. Ids never collide, so a token with one of these ids has ended. */
  const heard = new Set<string>()
  let sorting = false

  function raise(next: number): void {
    if (next > floor) floor = next
  }

  function hold(ended: readonly EndedStatement[]): void {
    for (const { id, endsAt } of ended) held.set(id, endsAt)
    if (held.size <= mostHeld) return
    whole = false
    held.clear()
  }

  /** Drops only tokens at or below the floor, so the clock has no influence. */
  function letGo(): void {
    for (const [id, endsAt] of held) if (endsAt <= floor) held.delete(id)
  }

  async function load(): Promise<void> {
    const all = await endedStatements.all(mostHeld)
    whole = all.ended !== undefined
    hold(all.ended ?? [])
    raise(all.floor)
    letGo()
  }

  /** Looks up which of the revoked ids belong to tokens without a row, and holds only these. */
  async function sort(): Promise<void> {
    sorting = false
    const ids = [...heard]
    const found = await endedStatements.among(ids)
    hold(found.ended)
    raise(found.floor)
    for (const id of ids) heard.delete(id)
  }

  lookups.onRevocation(({ subject, subjectId, effect }) => {
    if (subject === 'everything') {
      whole = false
      void load().catch(() => {})
    }
    if (subject !== 'credential' || effect !== 'revoked') return
    heard.add(subjectId)
    if (sorting) return
    sorting = true
    queueMicrotask(() => void sort().catch(() => {}))
  })

  return {
    load,
    floor: () => floor,
    async stateOf({ id, endsAt }) {
      if (endsAt <= floor) return 'expired'
      if (held.has(id) || heard.has(id)) return 'ended'
      if (whole && lookups.fresh()) return 'standing'
      const found = await endedStatements.among([id])
      raise(found.floor)
      if (found.ended.length > 0) return 'ended'
      return endsAt <= floor ? 'expired' : 'standing'
    },
  }
}
