import { SECOND } from '../../model/span.ts'

/**
 * Limits how often a device polls (RFC 8628 section 3.5): polling too early adds five seconds to its interval. Kept in memory,
 * so polls write nothing. The number of entries is bounded; a dropped device starts with the initial interval.
 */
export type DevicePolls = { poll(deviceId: string): 'in time' | 'too soon' }

const FIRST_SECONDS = 5
const MORE_SECONDS = 5
const MOST = 100_000

/** `now` is a monotonic clock in milliseconds. */
export function openDevicePolls(now: () => number): DevicePolls {
  const polls = new Map<string, { at: number; seconds: number }>()
  return {
    poll(deviceId) {
      const last = polls.get(deviceId)
      polls.delete(deviceId)
      if (polls.size >= MOST) polls.delete(polls.keys().next().value as string)
      const at = now()
      const tooSoon = last !== undefined && at - last.at < last.seconds * SECOND
      polls.set(deviceId, { at, seconds: (last?.seconds ?? FIRST_SECONDS) + (tooSoon ? MORE_SECONDS : 0) })
      return tooSoon ? 'too soon' : 'in time'
    },
  }
}
