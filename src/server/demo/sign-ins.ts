import { aboutUser, entry, type JournalEntry } from '../../model/journal.ts'
import { DAY, HOUR } from '../../model/span.ts'
import type { User } from '../../model/users/user.ts'
import { address, DEVICES } from './cast.ts'
import type { Dice } from './dice.ts'
import { rhythm } from './traffic.ts'

const DAYS = 14

/**
 * Makes sign-ins during working hours with occasional mistakes, and one night of password guessing against many names.
 */
export function makeSignIns(dice: Dice, users: readonly User[], now: number): JournalEntry[] {
  const entries: JournalEntry[] = []
  const attacked = now - 4 * DAY - (now % DAY) + 3 * HOUR
  for (let hour = now - DAYS * DAY; hour < now; hour += HOUR) {
    const times = Math.round(rhythm(hour) * 9 * dice.next())
    for (let i = 0; i < times; i++) {
      const user = dice.pick(users)
      const at = hour + Math.round(dice.next() * (HOUR - 1))
      if (at < now && at > user.createdAt) entries.push(...visit(dice, user, at))
    }
  }
  for (let i = 0; i < 46; i++) entries.push(failed(dice.pick(users), attacked + i * 95_000, '203.0.113.77'))
  return entries
}

function visit(dice: Dice, user: User, at: number): JournalEntry[] {
  const ip = address(dice)
  const came = entry(
    { by: { is: 'user', user }, from: { ip, userAgent: dice.pick(DEVICES) } },
    'signed-in',
    aboutUser(user),
    { at },
  )
  return dice.chance(0.08) ? [failed(user, at - 20_000, ip), came] : [came]
}

const failed = (user: User, at: number, ip: string): JournalEntry =>
  entry({ by: { is: 'anonymous' }, from: { ip } }, 'sign-in-failed', aboutUser(user), { at, reason: 'login-failed' })
