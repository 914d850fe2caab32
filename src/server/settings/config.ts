import { readFileSync } from 'node:fs'
import { isLoopback } from '../../core/clients/redirect-uri.ts'
import type { SettingFact } from '../../core/world.ts'
import { nearest } from '../../model/refusals/nearest.ts'
import type { Setting } from './setting.ts'
import { SETTINGS, type SettingName, type Settings } from './settings.ts'

/** Lists all faults of the configuration, one line each, with the remedy. */
export class ConfigProblem extends Error {
  override name = 'ConfigProblem'
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

export type Origin = SettingFact['origin']
export type Config = Settings & {
  production: boolean
  origins: Record<SettingName, Origin>
}

/**
 * Reads every setting: a flag overrides the environment, the environment the configuration file, the file the default.
 * `flags` and `file` have setting names as keys.
 */
export function readConfig(
  environment: NodeJS.ProcessEnv,
  flags: Partial<Record<SettingName, string>> = {},
  file: Readonly<Record<string, string>> = {},
): Config {
  const problems: string[] = [...unknownSettings(environment), ...unknownInFile(file)]
  const values: Record<string, unknown> = {}
  const production = () => values['env'] === 'production' // This default is evaluated after the first row, `env`, was read.
  const origins: Record<string, string> = {}

  for (const [name, setting] of Object.entries(SETTINGS) as [SettingName, Setting<unknown>][]) {
    const given =
      flags[name] !== undefined
        ? { value: flags[name], origin: 'flag', called: setting.flag ?? setting.env }
        : (fromEnvironment(environment, setting, problems) ?? fromFile(file, name))
    origins[name] = given?.origin ?? 'default'
    if (given === undefined) {
      values[name] = typeof setting.standard === 'function' ? setting.standard(production()) : setting.standard
      continue
    }
    try {
      values[name] = setting.parse(setting.secret ? given.value : given.value.trim())
    } catch (error) {
      problems.push(
        `${given.called} ${(error as Error).message}${setting.secret ? '' : `, not ${shown(given.value)}`}.`,
      )
    }
  }
  const config = { ...values, production: production(), origins } as Config
  if (problems.length === 0) problems.push(...contradictions(config))
  if (problems.length > 0) throw new ConfigProblem(problems)
  return config
}

function fromEnvironment(
  environment: NodeJS.ProcessEnv,
  setting: Setting<unknown>,
  problems: string[],
): { value: string; origin: string; called: string } | undefined {
  for (const called of [setting.env, ...(setting.aliases ?? [])]) {
    const value = environment[called]
    if (value !== undefined && value.trim() !== '' && !isInjected(called, value))
      return { value, origin: 'environment', called }
  }
  const file = setting.secret && environment[`${setting.env}_FILE`]
  if (!file) return undefined
  try {
    return { value: readFileSync(file, 'utf8').trim(), origin: 'file', called: `${setting.env}_FILE` }
  } catch (error) {
    problems.push(`${setting.env}_FILE names ${file}, which cannot be read (${(error as NodeJS.ErrnoException).code}).`)
    return undefined
  }
}

/** Quotes the value without the password that a URL may contain. */
const shown = (value: string): string => JSON.stringify(value.slice(0, 200).replace(/\/\/[^/?#]*@/, '//...@'))

const fromFile = (file: Readonly<Record<string, string>>, name: string) => {
  const value = Object.hasOwn(file, name) ? file[name] : undefined
  return value === undefined ? undefined : { value, origin: 'file', called: `${name} in claviger.config.json` }
}

const unknownInFile = (file: Readonly<Record<string, string>>): string[] => {
  const known = new Set(Object.keys(SETTINGS))
  return Object.keys(file)
    .filter(name => !known.has(name))
    .map(name => `${name} in claviger.config.json is not a setting. ${meant(name, known)}`)
}

/** Reports misspelt settings, because the operator would believe that they are set. */
function unknownSettings(environment: NodeJS.ProcessEnv): string[] {
  const known = new Set<string>(OTHER_NAMES)
  for (const setting of Object.values(SETTINGS) as Setting<unknown>[]) {
    known.add(setting.env)
    if (setting.secret) known.add(`${setting.env}_FILE`)
  }
  return Object.entries(environment)
    .filter(([name, value]) => name.startsWith('CLAVIGER_') && !known.has(name) && !isInjected(name, value ?? ''))
    .map(([name]) => `${name} is not a setting. ${meant(name, known)}`)
}

/** Kubernetes and Docker add variables like these for each neighbouring service, here one named `claviger` or `claviger-web`. */
const INJECTED =
  /^CLAVIGER_(?:\w+_)?(?:SERVICE_HOST|SERVICE_PORT(?:_\w+)?|PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)$/
const isInjected = (name: string, value: string): boolean =>
  INJECTED.test(name) || (/^CLAVIGER_(?:\w+_)?PORT$/.test(name) && /^(?:tcp|udp|sctp):\/\//.test(value))

/**
 * Variables that are not settings of the server: the command line uses some as a client, and a hand-over between
 * runtimes sets one.
 */
const OTHER_NAMES = [
  'CLAVIGER_HANDED_OVER',
  'CLAVIGER_CLIENT_ID',
  'CLAVIGER_CLIENT_SECRET',
  'CLAVIGER_TOKEN', // the name that our samples use for the reader's own token
  'CLAVIGER_TOKEN_FILE',
] as const

function meant(name: string, known: ReadonlySet<string>): string {
  const bare = (text: string) => text.replace(/^CLAVIGER_/, '').toLowerCase()
  const found = nearest(name, [...known], bare)
  return found === undefined ? 'See docs/configuration.md for the list.' : `Did you mean ${found}?`
}

function contradictions(config: Config): string[] {
  const problems: string[] = []
  if (!config.production) return problems
  if (!config.url) problems.push('CLAVIGER_URL is required in production: it is the issuer that clients compare.')
  else if (config.url.startsWith('http:') && !isLoopback(new URL(config.url).hostname))
    problems.push('CLAVIGER_URL must use https in production.')
  if (!config.masterKey)
    problems.push(
      'CLAVIGER_MASTER_KEY (or CLAVIGER_MASTER_KEY_FILE) is required in production. Make one with: openssl rand -base64 48',
    )
  if (config.trustProxy.some(network => network.endsWith('/0')))
    problems.push('CLAVIGER_TRUST_PROXY must not trust every address in production: list the networks of your proxies.')
  if (config.limits === 'off') problems.push('CLAVIGER_LIMITS=off is for tests; production keeps its limits.')
  return problems
}

/** Lists every setting in force with its origin and its meaning. Secret values are left out. */
export const settingFacts = (config: Config): SettingFact[] =>
  (Object.entries(SETTINGS) as [SettingName, Setting<unknown>][]).map(([name, setting]) => {
    const value = config[name]
    const shown =
      value === undefined || setting.secret
        ? undefined
        : (setting.show?.(value) ?? (Array.isArray(value) ? value.join(' ') : `${value}`))
    return {
      name,
      variable: setting.env,
      origin: config.origins[name],
      secret: setting.secret === true,
      sentence: setting.sentence,
      ...(shown !== undefined && { value: shown }),
    }
  })
