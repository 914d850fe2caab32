import type { DialectName } from '../model/verdict.ts'
import { account } from '../wire/account/dialect.ts'
import { admin } from '../wire/admin/dialect.ts'
import { reference } from '../wire/admin/reference.ts'
import { operatorConsole } from '../wire/console/dialect.ts'
import type { Dialect, Route } from '../wire/dialect.ts'
import { mastodon } from '../wire/dialects/mastodon/dialect.ts'
import { tokenapi } from '../wire/dialects/tokenapi/dialect.ts'
import { zebbra } from '../wire/dialects/zebbra/dialect.ts'
import { oauth } from '../wire/oauth/dialect.ts'
import { pages } from '../wire/pages/dialect.ts'
import { portal } from '../wire/portal/dialect.ts'
import { verify } from '../wire/verify/dialect.ts'
import { forwardAuth } from '../wire/verify/forward-auth.ts'

/** All dialects, one line each: removing one is deleting its folder and its line. */
const ALL: readonly Dialect[] = [
  oauth,
  admin,
  reference,
  verify,
  forwardAuth,
  pages,
  account,
  portal,
  operatorConsole,
  // the older systems
  mastodon,
  zebbra,
  tokenapi,
]

export const dialectsFor = (switchedOn: readonly DialectName[]): Dialect[] =>
  ALL.filter(({ switchedBy }) => switchedBy === undefined || switchedOn.includes(switchedBy))

/** Two rows on one path would answer by chance; both are named before anything listens. One may answer on a condition. */
export function refuseCollisions(dialects: readonly Dialect[]): void {
  const taken = new Map<string, string>()
  for (const { method, path, rows } of rowsByPlace(dialects)) {
    for (const { dialect, route } of rows) {
      const place = `${method} ${path.replace(/:[A-Za-z]+/g, ':')}`
      const claim = `${place}${route.when ? ' on a condition' : ''}`
      const other = taken.get(claim)
      if (other) throw new Error(`${claim} is claimed by the dialects ${other} and ${dialect.name}`)
      taken.set(claim, dialect.name)
    }
  }
}

/** What answers where; a row with a condition is asked first. */
export function rowsByPlace(dialects: readonly Dialect[]): Place[] {
  const places = new Map<string, Place>()
  for (const dialect of dialects) {
    for (const route of dialect.routes) {
      const [methods = '', path = ''] = route.at.split(' ')
      for (const method of methods.split(',')) {
        const place = places.get(`${method} ${path}`) ?? { method, path, rows: [] }
        place.rows[route.when ? 'unshift' : 'push']({ dialect, route })
        places.set(`${method} ${path}`, place)
      }
    }
  }
  return [...places.values()]
}

export type Place = { method: string; path: string; rows: { dialect: Dialect; route: Route }[] }
