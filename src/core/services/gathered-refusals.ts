import type { JournalEntry } from '../../model/journal.ts'
import { MINUTE } from '../../model/span.ts'

/**
 * Which refusals become entries of the journal. Any caller can be refused a thousand times a second, so what names neither
 * a credential nor a client nor a user is counted alone, and what repeats within a minute is one entry. What grows is
 * then bounded by what is known here, and a refusal of one never costs the entry of another.
 */
export type GatheredRefusals = {
  /** Counts it, and says whether it is to be written. */
  admit(entry: JournalEntry): 'write' | 'counted alone'
  /** So many were refused for each reason since the start. */
  totals: ReadonlyMap<string, number>
}

/** So many different ones are remembered in a minute; those of a credential that was shown have a list of their own. */
const MOST_REMEMBERED = 20_000

export function gatherRefusals(): GatheredRefusals {
  const totals = new Map<string, number>()
  const shown = new Set<string>()
  const named = new Set<string>()
  let minute = 0
  return {
    totals,
    admit(entry) {
      const { reason = entry.event } = entry
      totals.set(reason, (totals.get(reason) ?? 0) + 1)
      if (!isOfSomethingKnown(entry)) return 'counted alone'
      const now = Math.floor(entry.at / MINUTE)
      if (now !== minute) {
        minute = now
        shown.clear()
        named.clear()
      }
      const seen = entry.credentialId === undefined ? named : shown
      const key = keyOf(entry)
      if (seen.has(key) || seen.size >= MOST_REMEMBERED) return 'counted alone'
      seen.add(key)
      return 'write'
    },
  }
}

/** Actors without an id of their own. */
const NOBODY: ReadonlySet<string> = new Set(['unknown', 'anonymous', 'system', 'self-registration'])

const isOfSomethingKnown = ({ credentialId, clientId, userId, actor }: JournalEntry): boolean =>
  (credentialId ?? clientId ?? userId) !== undefined || !NOBODY.has(actor)

/** All parts are ids of ours, codes, templates of routes and names of parameters: none is text that was sent. */
const keyOf = ({
  event,
  reason,
  about,
  aboutId,
  actor,
  credentialId,
  clientId,
  userId,
  detail,
}: JournalEntry): string =>
  [event, reason, about, aboutId, actor, credentialId, clientId, userId, detail?.['parameter']].join(' ')
