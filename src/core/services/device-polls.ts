import { SECOND } from '../../model/span.ts'

/**
 * How often programs ask for the answer of a device request (RFC 8628 section 3.5): too soon costs five seconds more for good.
 * Kept in this process alone, so that asking costs no write; bounded in number, and what falls out begins anew.
 */
export type DevicePolls = { poll(deviceId: string): 'in time' | 'too soon' }

const FIRST_SECONDS = 5
const MORE_SECONDS = 5
const MOST = 100_000

/** `now` counts milliseconds and never runs backwards. */
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
