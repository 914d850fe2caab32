import type { EndedStatement } from '../../ports/statements.ts'
import type { Stores } from '../../ports/stores.ts'
import type { CachedLookups } from './cached-lookups.ts'

/**
 * Which access tokens without a row were ended before their time. Up to 200 000 are held in memory, filled at start and
 * kept by the revocation log; where there are more, or the log could not be followed a moment ago, the database is asked.
 */
export type EndedStatements = {
  /** `expired`: ends at or before the floor; what was ended of those is not remembered any more. */
  stateOf(statement: EndedStatement): Promise<'ended' | 'expired' | 'standing'>
  /** Tokens that end at or before it are expired here, whatever the clock says. */
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
  /** Is every one that is remembered held here? */
  let whole = false
  /** Heard of in the log, where ids of rows stand beside them. No token has the id of a row, so each of these has ended. */
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

  /** Only what the floor makes expired anyway is let go, so no clock decides. */
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

  /** Keeps of what was heard the tokens alone. */
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
