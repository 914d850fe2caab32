import { relative, resolve } from 'node:path'
import { hasAdmin } from '../../core/sign-in/has-admin.ts'
import { openSetUp } from '../../core/sign-in/open-set-up.ts'
import { OPERATOR } from '../../model/users/actor.ts'
import type { Installation } from '../compose.ts'
import type { Config } from '../settings/config.ts'
import { proxyConcern } from './proxies.ts'

/** Facts that a starting server shows to its operator; the command line words them. */
export type Welcome = {
  database: { engine: string; place: string; made: boolean }
  keys: 'made' | 'loaded'
  users: number
  /** The secret of the set-up link, while there is no administrator. */
  setUp?: string
  /** The problem with the proxies in front of the server, and how to mend it. */
  warning?: string
}

const SET_UP = 'set-up'

/** Offers the set-up link until an admin has existed. After that, only the operator's command makes a link. */
export async function welcome(installation: Installation, config: Config): Promise<Welcome> {
  const { world } = installation
  const facts: Welcome = {
    database: { ...describeDatabase(config), made: installation.migrated.length > 0 },
    keys: installation.keys,
    users: await world.users.count(),
  }
  if (await hasAdmin(world)) await world.settings.claim(SET_UP, 'done')
  else if ((await world.settings.get(SET_UP)) === undefined)
    facts.setUp = (await openSetUp(world, OPERATOR, { opensFor: 'first' })).secret
  const concern = await proxyConcern(world, config)
  if (concern) facts.warning = `${concern.found}. ${concern.fix}`
  return facts
}

/** The place of the data, without the password that its URL may contain. */
export function describeDatabase(config: Pick<Config, 'databaseUrl' | 'dataDir'>): { engine: string; place: string } {
  const { databaseUrl, dataDir } = config
  if (databaseUrl && !databaseUrl.startsWith('sqlite:')) {
    const { host, pathname } = new URL(databaseUrl)
    return { engine: 'PostgreSQL', place: `${host}${pathname}` }
  }
  const path = resolve(databaseUrl?.slice('sqlite:'.length) ?? resolve(dataDir, 'claviger.db'))
  const near = relative(process.cwd(), path)
  return { engine: 'SQLite', place: near.startsWith('..') ? path : `./${near}` }
}
