import type { JournalEntry } from '../../model/journal.ts'
import { isOfDocument, isOfRegistration } from '../../model/refusals/refusal.ts'
import { HOUR, MINUTE } from '../../model/span.ts'

/**
 * Decides which refusals become journal entries. A refusal without a known credential, client or user is only counted.
 * Repetitions within a minute become one entry, because strangers could otherwise fill the journal. Refusals of presented
 * credentials have their own list, so that others cannot use up its space.
 */
export type GatheredRefusals = {
  /** Counts the refusal, and says whether to write it. */
  admit(entry: JournalEntry): 'write' | 'counted alone'
  /** The number of refusals per reason since the start. */
  totals: ReadonlyMap<string, number>
}

/** The largest number of distinct refusals per minute, for each of the two lists. */
const MOST_REMEMBERED = 20_000

export function gatherRefusals(): GatheredRefusals {
  const totals = new Map<string, number>()
  const shown = new Set<string>()
  const named = new Set<string>()
  const [faults, documents] = [oncePerHour(), oncePerHour()]
  let minute = 0
  return {
    totals,
    admit(entry) {
      const { reason = entry.event } = entry
      totals.set(reason, (totals.get(reason) ?? 0) + 1)
      if (!isOfSomethingKnown(entry)) {
        if (isOfDocument(reason)) return documents.admit(entry)
        return isOfRegistration(reason) ? faults.admit(entry) : 'counted alone'
      }
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

/**
 * Admits each fault once an hour, so that staff can explain it. For refused registrations and unusable documents,
 * whose author is not known.
 */
function oncePerHour(): Pick<GatheredRefusals, 'admit'> {
  const seen = new Map<string, number>()
  return {
    admit(entry) {
      const key = keyOf(entry)
      const before = seen.get(key)
      if (before !== undefined && Math.abs(entry.at - before) < HOUR) return 'counted alone'
      seen.delete(key)
      for (const [old, at] of seen) if (Math.abs(entry.at - at) >= HOUR) seen.delete(old)
      if (seen.size >= MOST_FAULTS) return 'counted alone'
      seen.set(key, entry.at)
      return 'write'
    },
  }
}

/**
 * The largest number of remembered faults: more than client metadata has fields. It also limits faults of documents,
 * whose addresses strangers choose.
 */
const MOST_FAULTS = 200

/** Actors without an id. */
const NOBODY: ReadonlySet<string> = new Set(['unknown', 'anonymous', 'system', 'self-registration'])

const isOfSomethingKnown = ({ credentialId, clientId, userId, actor }: JournalEntry): boolean =>
  (credentialId ?? clientId ?? userId) !== undefined || !NOBODY.has(actor)

/** All parts are our ids, codes, route templates or parameter names, so strangers cannot choose long or many values. */
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
