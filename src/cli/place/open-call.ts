import type { Installation } from '../../server/compose.ts'
import type { Manage } from '../../server/management.ts'
import type { Config } from '../../server/settings/config.ts'
import { isMissing, isNamed, requireInstallation } from '../../server/settings/find-installation.ts'
import { readProjectConfig } from '../../server/settings/project-config.ts'
import type { Verb } from '../program/command.ts'
import { type Options, usage } from '../program/options.ts'
import { type Place, placeOf } from './place.ts'

/** Builds the `Call` of a verb. Each part is opened at its first use. */
export function openCall(verb: Verb, options: Options) {
  let installation: Promise<Installation> | undefined
  let place: Place | undefined
  const config = (): Config => readProjectConfig(process.env, flagsOf(verb, options))
  const open = (): Promise<Installation> => {
    installation ??= import('../../server/compose.ts').then(({ compose }) => {
      const settled = config()
      // A verb with `begins` may make an installation if its place was named, because the default place may be a
      // wrong folder. Other verbs make none even in a named place, because the name may be misspelt.
      if (verb.begins && isNamed(settled)) return compose(settled, { role: 'command' })
      requireInstallation(settled)
      return compose(settled, { onNone: 'refuse', role: 'command' })
    })
    return installation
  }
  /** Refuses a named server for a verb that opens the database itself. */
  async function atMachine(): Promise<Installation> {
    if (!verb.onlyHere && where().is === 'server')
      throw usage('url', 'has no meaning for this command: it opens the database')
    return open()
  }
  const where = (): Place => {
    place ??= placeOf(options, () => isNamed(config()) || !isMissing(config()))
    return place
  }
  return {
    options,
    config,
    place: where,
    manage: openManage(where, open),
    async issuer() {
      const at = where()
      return at.is === 'server' ? at.url : (await open()).world.rules.issuer
    },
    installation: atMachine,
    world: async () => (await atMachine()).world,
    interactive: Boolean(process.stdin.isTTY && process.stderr.isTTY),
    close: async () => (await installation?.catch(() => undefined))?.close(),
  }
}

/** Loads the code for operations at the first operation. */
function openManage(where: () => Place, open: () => Promise<Installation>): Manage {
  let opened: Promise<Manage> | undefined
  async function choose(): Promise<Manage> {
    const place = where()
    if (place.is === 'server') return (await import('../remote/manage-at.ts')).manageAt(place.open())
    const [{ world }, { manageHere }] = await Promise.all([open(), import('../../server/management.ts')])
    return manageHere(world)
  }
  return async (id, ask) => {
    opened ??= choose()
    return (await opened)(id, ask)
  }
}

/** Options that set a setting. */
const SETTING_FLAGS = ['dataDir', 'host', 'port', 'url', 'workers'] as const
function flagsOf(verb: Verb, options: Options): Partial<Record<(typeof SETTING_FLAGS)[number], string>> {
  const flags: Partial<Record<(typeof SETTING_FLAGS)[number], string>> = {}
  for (const name of SETTING_FLAGS) {
    const value = options.one(name)
    // `--url` is a setting only for a verb with such an option; for others it names the server to use.
    if (value !== undefined && (name !== 'url' || hasOwnUrl(verb))) flags[name] = value
  }
  return flags
}

export const hasOwnUrl = ({ options = [] }: Verb): boolean => options.some(({ flags }) => flags.startsWith('--url '))

export function refuseElsewhere(verb: Verb, options: Options): void {
  const asked = ['context', ...(hasOwnUrl(verb) ? [] : ['url'])].find(name => options.one(name) !== undefined)
  if (verb.onlyHere && asked) throw usage(asked, `has no meaning for this command: ${verb.onlyHere}`)
}
