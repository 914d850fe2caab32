import { useSyncExternalStore } from 'react'
import { language } from '../../language/language.ts'
import { t } from '../../language/t.ts'
import { DAY, HOUR, MINUTE } from '../../span.ts'

/* Shows times relative to now. The tooltip and the accessible name contain the exact time, local and in UTC. */

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
]
const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
const local = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' })

/** Seconds since the epoch in words, relative to `now` (in seconds). */
export function inWords(seconds: number, now: number): string {
  const distance = seconds - now
  for (const [unit, length] of STEPS)
    if (Math.abs(distance) >= length) return relative.format(Math.trunc(distance / length), unit)
  return Math.abs(distance) < 5 ? t('just now') : relative.format(Math.trunc(distance), 'second')
}

export const exactly = (seconds: number): string =>
  `${local.format(seconds * 1000)} · ${new Date(seconds * 1000).toISOString().replace('T', ' ').slice(0, 19)} UTC`

export function When({ at, otherwise = t('never') }: { at: number | null | undefined; otherwise?: string }) {
  const now = useNow()
  if (at === null || at === undefined) return <span>{otherwise}</span>
  return (
    <time dateTime={new Date(at * 1000).toISOString()} title={exactly(at)}>
      {inWords(at, now)}
    </time>
  )
}

let now = Math.floor(Date.now() / 1000)
const listeners = new Set<() => void>()
setInterval(() => {
  now = Math.floor(Date.now() / 1000)
  for (const listener of listeners) listener()
}, 10_000)

/** Seconds since the epoch, from one timer for all components. */
export function useNow(): number {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => now,
  )
}
