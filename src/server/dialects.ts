import type { DialectName } from '../model/verdict.ts'
import { operatorConsole } from '../wire/console/dialect.ts'
import type { Dialect } from '../wire/dialect.ts'
import { mastodon } from '../wire/mastodon/dialect.ts'
import { oauth } from '../wire/oauth/dialect.ts'
import { pages } from '../wire/pages/dialect.ts'
import { verify } from '../wire/verify/dialect.ts'

/** All dialects, one line each: removing one is deleting its folder and its line. */
const ALL: readonly Dialect[] = [oauth, pages, verify, operatorConsole, mastodon]

export const dialectsFor = (switchedOn: readonly DialectName[]): Dialect[] =>
  ALL.filter(({ switchedBy }) => switchedBy === undefined || switchedOn.includes(switchedBy))

/** Two rows on one path would answer by chance; both are named before anything listens. */
export function refuseCollisions(dialects: readonly Dialect[]): void {
  const taken = new Map<string, string>()
  for (const dialect of dialects) {
    for (const { at } of dialect.routes) {
      const [methods = '', path = ''] = at.split(' ')
      for (const method of methods.split(',')) {
        const place = `${method} ${path.replace(/:[A-Za-z]+/g, ':')}`
        const other = taken.get(place)
        if (other) throw new Error(`${place} is claimed by the dialects ${other} and ${dialect.name}`)
        taken.set(place, dialect.name)
      }
    }
  }
}
