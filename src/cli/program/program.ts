import { Command, CommanderError, Option } from 'commander'
import { ENDING_OPTIONS, settleEnding } from '../credentials/ending.ts'
import { EXIT } from '../output/exit-codes.ts'
import { failureOf, tellFailure } from '../output/failure.ts'
import { formatIn, OUTPUT_OPTIONS, print, readFormat } from '../output/print.ts'
import { hasOwnUrl, openCall, refuseElsewhere } from '../place/open-call.ts'
import { WHERE_OPTIONS } from '../place/where-options.ts'
import type { Call, Noun, NounEntry, Verb } from './command.ts'
import { readHelp } from './help.ts'
import { Options } from './options.ts'

/** Runs one command line and returns its exit code. Loads only the named noun, so that help is fast. */
export async function runProgram(nouns: Record<string, NounEntry>, version: string, said: string[]): Promise<number> {
  const { words, topic } = readHelp(said, nouns)
  if (topic !== undefined) {
    process.stdout.write(`${topic}\n`)
    return EXIT.done
  }
  const asJson = formatIn(words)?.startsWith('json') === true
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
    if (name === named)
      mount(command, await load(), (verb, call) => (outcome = execute(verb, { ...call, nouns }, asJson)))
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
    else
      tellFailure(
        { code: 'usage', message: message || error.message, hint: secretHint(message), exit: EXIT.usage },
        asJson,
      )
    return EXIT.usage
  }
}

/** Explains why there is no option for a secret: other users of the machine can list the arguments of a command. */
function secretHint(complaint: string): string | null {
  const name = /unknown option '--(password|token|secret|client-secret)\b/.exec(complaint)?.[1]
  if (name === undefined) return null
  const way = { password: '--password-stdin', token: '--with-token' }[name] ?? '--secret-stdin'
  return `A secret is never typed as an argument, where others can list it: give it on stdin, with ${way}.`
}

type Execute = (verb: Verb, call: Omit<Call, 'tell' | 'nouns'> & { close(): Promise<void> }) => void

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
    for (const { flags, about } of [...WHERE_OPTIONS, ...OUTPUT_OPTIONS])
      if (!hasOwnUrl(verb) || !flags.startsWith('--url ')) leaf.option(flags, about)
    // Every verb accepts `--yes`, so a script can pass it to all commands.
    if (!verb.ends) leaf.addOption(new Option('-y, --yes').hideHelp())
    leaf.action(() => {
      execute(verb, openCall(verb, new Options(leaf.opts(), leaf.args)))
    })
  }
}

/** Makes `secret rotate <client-id>` the command `rotate <client-id>` of the group `secret`. */
function leafOf(command: Command, { at, about }: Verb): Command {
  if (at === '') return command
  if (at.startsWith('[')) return command.argument(at)
  const [, group, rest = ''] = /^([a-z-]+) ([a-z-].*)$/.exec(at) ?? []
  if (!group) return command.command(at)
  return (command.commands.find(one => one.name() === group) ?? command.command(group).description(about)).command(rest)
}

const examples = (lines: readonly string[]): string => `Examples:\n${lines.map(line => `  ${line}`).join('\n')}\n`

async function execute(
  verb: Verb,
  call: Omit<Call, 'tell'> & { close(): Promise<void> },
  asJson: boolean,
): Promise<number> {
  const quiet = call.options.said('quiet')
  const tell = (line: string): void => {
    if (!quiet) process.stderr.write(`${line}\n`)
  }
  try {
    refuseElsewhere(verb, call.options)
    const format = readFormat(call.options, verb)
    const house = { ...call, tell }
    const answer = (await settleEnding(verb, house)) ?? (await verb.run(house))
    if (answer) await print(answer, format, quiet)
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
