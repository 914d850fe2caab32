import { type Placed, routeTable, type Spot } from '../http/route-table.ts'
import { DIALECT_NAMES } from '../model/credentials/verdict.ts'
import { account } from '../wire/account/dialect.ts'
import { admin } from '../wire/admin/dialect.ts'
import { reference } from '../wire/admin/reference/reference.ts'
import { operatorConsole } from '../wire/console/dialect.ts'
import type { Dialect, Switch } from '../wire/dialect.ts'
import { mastodon } from '../wire/dialects/mastodon/dialect.ts'
import { tokenapi } from '../wire/dialects/tokenapi/dialect.ts'
import { zebbra } from '../wire/dialects/zebbra/dialect.ts'
import { oauth } from '../wire/oauth/dialect.ts'
import { metadata } from '../wire/oauth/metadata.ts'
import { openid } from '../wire/openid/dialect.ts'
import { pages } from '../wire/pages/dialect.ts'
import { portal } from '../wire/portal/dialect.ts'
import { verify } from '../wire/verify/dialect.ts'
import { forwardAuth } from '../wire/verify/forward-auth.ts'
import type { Config } from './settings/config.ts'

/** All dialects, one line each. To remove a dialect, delete its folder and its line. */
const ALL: readonly Dialect[] = [
  oauth,
  openid,
  admin,
  verify,
  forwardAuth,
  pages,
  account,
  portal,
  operatorConsole,
  // dialects of the older systems
  mastodon,
  zebbra,
  tokenapi,
]

/** The switches that turn everything on. */
export const EVERY_SWITCH: readonly Switch[] = [...DIALECT_NAMES, 'openid']

export const switchedOn = ({ dialects, openid }: Pick<Config, 'dialects' | 'openid'>): Switch[] => [
  ...dialects,
  ...(openid === 'on' ? (['openid'] as const) : []),
]

export function dialectsFor(switches: readonly Switch[]): Dialect[] {
  const dialects = ALL.filter(({ switchedBy }) => switchedBy === undefined || switches.includes(switchedBy))
  const described = [...dialects, reference(dialects)]
  return [...described, metadata(described)]
}

/** All routes with their dialect and their condition. */
export const routesOf = (dialects: readonly Dialect[]): Spot<Placed>[] =>
  routeTable(dialects.flatMap(({ name, routes }) => routes.map(({ at, when }) => ({ of: name, at, when }))))
