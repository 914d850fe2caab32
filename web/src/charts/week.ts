import { t } from '../language/t.ts'

const DAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays']

export const clock = (hour: number): string => `${String(hour % 24).padStart(2, '0')}:00`

/** The 168 hours of a week, Monday first. */
export const HOURS_OF_WEEK: readonly string[] = DAYS.flatMap(day =>
  Array.from({ length: 24 }, (_, hour) =>
    t('{day}, {from} to {until}', { day: t(day), from: clock(hour), until: clock(hour + 1) }),
  ),
)

/** The place of a time in `HOURS_OF_WEEK`, in the time zone of the reader. */
export function hourOfWeek(at: number): number {
  const date = new Date(at * 1000)
  return ((date.getDay() + 6) % 7) * 24 + date.getHours()
}
