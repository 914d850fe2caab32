import { Command, CommanderError, Option } from 'commander'
import type { Installation } from '../server/compose.ts'
import type { Config } from '../server/config.ts'
import { isMissing, isNamed, requireInstallation } from '../server/find-installation.ts'
import type { Manage } from '../server/management.ts'
import { readProjectConfig } from '../server/project-config.ts'
import type { Answer } from './answer.ts'
import type { Call, Noun, Verb } from './command.ts'
import { ENDING_OPTIONS, settleEnding } from './ending.ts'
import { EXIT } from './exit-codes.ts'
import { failureOf, tellFailure } from './failure.ts'
import { Options, usage } from './options.ts'
import { type Place, placeOf } from './place.ts'

export type NounEntry = { about: string; load: () => Promise<Noun> }

/** Runs one command line and returns its exit code. Only the noun that was named is loaded, so help is quick. */
export async function runProgram(nouns: Record<string, NounEntry>, version: string, words: string[]): Promise<number> {
  const asJson = words.includes('--json')
  const complaints: string[] = []
  let outcome: Promise<number> | undefined
  const program = new Command('claviger')
    .description('One server that issues, checks and revokes every kind of credential an API accepts.')
    .version(version, '-V, --version')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ writeErr: text => complaints.push(text), outputError: text => complaints.push(text) })
    .addHelpText('before', `${examples(['claviger start --demo', 'claviger user create --handle ada --role admin'])}\n`)

  const named = words.find(word => Object.hasOwn(nouns, word))
  for (const [name, { about, load }] of Object.entries(nouns)) {
    const command = program.command(name).description(about)
    if (name === named) mount(command, await load(), (verb, call) => (outcome = execute(verb, call, asJson)))
    else command.allowUnknownOption().action(() => {})
  }
  try {
    await program.parseAsync(words, { from: 'user' })
    return (await outcome) ?? EXIT.done
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return EXIT.done
    const message = complaints
      .join('')
      .replace(/^error: /, '')
      .trim()
    if (error.code === 'commander.help') process.stderr.write(`${message}\n`)
    else tellFailure({ code: 'usage', message: message || error.message, hint: null, exit: EXIT.usage }, asJson)
    return EXIT.usage
  }
}

type Execute = (verb: Verb, call: Omit<Call, 'tell'> & { close(): Promise<void> }) => void

function mount(command: Command, noun: Noun, execute: Execute): void {
  if (noun.verbs.length > 1)
    command.addHelpText('before', `${examples(noun.verbs.flatMap(verb => verb.examples.slice(0, 1)))}\n`)
  for (const verb of noun.verbs) {
    const leaf = leafOf(command, verb)
    leaf.description(verb.about).aliases([...(verb.aliases ?? [])])
    leaf.addHelpText('before', `${examples(verb.examples)}\n`)
    for (const { flags, about, required, many } of [...(verb.options ?? []), ...(verb.ends ? ENDING_OPTIONS : [])]) {
      const collect = (value: string, earlier: string[] | undefined) => [...(earlier ?? []), value]
      if (many && required) leaf.requiredOption(flags, about, collect)
      else if (many) leaf.option(flags, about, collect)
      else if (required) leaf.requiredOption(flags, about)
      else leaf.option(flags, about)
    }
    if (!hasOwnUrl(verb)) leaf.option('--url <url>', 'at this server, not at the installation of this machine')
    leaf.option('--context <name>', 'at the server that was signed in to under this name')
    leaf.option('--local', 'at the installation of this machine')
    leaf.option('--data-dir <dir>', 'where the embedded database lives (CLAVIGER_DATA_DIR)')
    leaf.option('--json', 'one JSON value on stdout')
    leaf.option('-q, --quiet', 'nothing but the data')
    // A script may say it to every command.
    if (!verb.ends) leaf.addOption(new Option('-y, --yes').hideHelp())
    leaf.action(() => {
      execute(verb, openCall(verb, new Options(leaf.opts(), leaf.args)))
    })
  }
}

/** `secret rotate <client-id>` is the verb `rotate <client-id>` of the group `secret`. */
function leafOf(command: Command, { at, about }: Verb): Command {
  if (at === '') return command
  const [, group, rest = ''] = /^([a-z-]+) ([a-z-].*)$/.exec(at) ?? []
  if (!group) return command.command(at)
  return (command.commands.find(one => one.name() === group) ?? command.command(group).description(about)).command(rest)
}

const examples = (lines: readonly string[]): string => `Examples:\n${lines.map(line => `  ${line}`).join('\n')}\n`

function openCall(verb: Verb, options: Options) {
  let installation: Promise<Installation> | undefined
  let place: Place | undefined
  const config = (): Config => readProjectConfig(process.env, flagsOf(verb, options))
  const open = (): Promise<Installation> => {
    installation ??= import('../server/compose.ts').then(({ compose }) => {
      const settled = config()
      // A place that was named is meant; the default place may be the wrong folder.
      if (isNamed(settled)) return compose(settled)
      requireInstallation(settled)
      return compose(settled, { onNone: 'refuse' })
    })
    return installation
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
    installation: open,
    world: async () => (await open()).world,
    interactive: Boolean(process.stdin.isTTY && process.stderr.isTTY),
    close: async () => (await installation?.catch(() => undefined))?.close(),
  }
}

/** Loads what it takes when the first operation is asked for. */
function openManage(where: () => Place, open: () => Promise<Installation>): Manage {
  let opened: Promise<Manage> | undefined
  async function choose(): Promise<Manage> {
    const place = where()
    if (place.is === 'server') return (await import('./remote/manage-at.ts')).manageAt(place.open())
    const [{ world }, { manageHere }] = await Promise.all([open(), import('../server/management.ts')])
    return manageHere(world)
  }
  return async (id, ask) => {
    opened ??= choose()
    return (await opened)(id, ask)
  }
}

/** Options that are settings by another way of saying. */
const SETTING_FLAGS = ['dataDir', 'host', 'port', 'url', 'workers'] as const
function flagsOf(verb: Verb, options: Options): Partial<Record<(typeof SETTING_FLAGS)[number], string>> {
  const flags: Partial<Record<(typeof SETTING_FLAGS)[number], string>> = {}
  for (const name of SETTING_FLAGS) {
    const value = options.one(name)
    // Where a verb has no such option of its own, it names the server to ask.
    if (value !== undefined && (name !== 'url' || hasOwnUrl(verb))) flags[name] = value
  }
  return flags
}

const hasOwnUrl = ({ options = [] }: Verb): boolean => options.some(({ flags }) => flags.startsWith('--url '))

function refuseElsewhere(verb: Verb, options: Options): void {
  const asked = ['context', ...(hasOwnUrl(verb) ? [] : ['url'])].find(name => options.one(name) !== undefined)
  if (verb.onlyHere && asked) throw usage(asked, `has no meaning for this command: ${verb.onlyHere}`)
}

async function execute(verb: Verb, call: Parameters<Execute>[1], asJson: boolean): Promise<number> {
  const quiet = call.options.said('quiet')
  const tell = (line: string): void => {
    if (!quiet) process.stderr.write(`${line}\n`)
  }
  try {
    refuseElsewhere(verb, call.options)
    const house = { ...call, tell }
    const answer = (await settleEnding(verb, house)) ?? (await verb.run(house))
    if (answer) print(answer, asJson, quiet)
    return answer?.exit ?? EXIT.done
  } catch (error) {
    const failure = failureOf(error)
    tellFailure(failure, asJson)
    if (failure.exit === EXIT.bug && process.env['CLAVIGER_LOG_LEVEL'] === 'debug') console.error(error)
    return failure.exit
  } finally {
    await call.close()
  }
}

function print({ json, text, notes, next }: Answer, asJson: boolean, quiet: boolean): void {
  if (asJson) {
    if (json !== undefined) process.stdout.write(`${JSON.stringify(json)}\n`)
    return
  }
  if (text) process.stdout.write(`${text}\n`)
  if (quiet) return
  for (const note of notes ?? []) process.stderr.write(`${note}\n`)
  if (next && process.stderr.isTTY) process.stderr.write(`Next: ${next}\n`)
}
