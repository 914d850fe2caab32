import { Refusal, type RefusalCode } from '../../model/refusals/refusal.ts'
import { remedyOf } from '../../model/refusals/remedies.ts'
import { ConfigProblem } from '../../server/settings/config.ts'
import { DatabaseProblem } from '../../store/engine.ts'
import { asTyped } from '../program/command-line.ts'
import { ServerRefusal } from '../remote/server-refusal.ts'
import { EXIT, exitCodeOf } from './exit-codes.ts'

export type Failure = {
  code: string
  message: string
  hint: string | null
  exit: number
  /** The request id of a refusal by a server, by which its operator finds the journal entry. */
  request_id?: string
}

const SIGN_IN = 'claviger login signs in again. claviger whoami shows how you are signed in.'
const ASK_DEBUG_LOG = 'Run the command again with CLAVIGER_LOG_LEVEL=debug, and report what it prints.'

/** The command that carries out the remedy of a refusal. It is printed after the remedy, which is the same everywhere. */
const COMMANDS: Partial<Record<RefusalCode, string>> = {
  'credential-malformed': SIGN_IN,
  'credential-unknown': SIGN_IN,
  'credential-expired': SIGN_IN,
  'credential-revoked': SIGN_IN,
  'scope-insufficient': 'claviger whoami shows the scopes of your sign-in.',
  'scope-unknown': 'claviger api list shows the scopes of each API.',
  'name-taken': 'The verb get of the same noun shows what has the name.',
  'owner-disabled': 'The command is: claviger user enable USER',
  'client-disabled': 'The command is: claviger app enable CLIENT-ID',
  'password-unfit': 'CLAVIGER_PASSWORD_MIN_LENGTH sets the minimum length.',
}

/** The noun of the command that lists things of each type (`claviger NOUN list`). */
const LISTS: Record<string, string> = {
  user: 'user',
  application: 'app',
  API: 'api',
  gate: 'gate',
  credential: 'credential',
  session: 'session',
  scope: 'scope',
  'signing key': 'signing-key',
  context: 'context',
  setting: 'config',
}

function hintFor(refusal: Refusal): string | null {
  const { code, text } = refusal
  const noun = LISTS[/^There is no ([\w ]+) "/.exec(text)?.[1] ?? '']
  if (noun !== undefined) return `claviger ${noun} list shows what there is.`
  if (code === 'bug') return refusal instanceof ServerRefusal ? remedyOf(code) : ASK_DEBUG_LOG
  // The remedy for callers is about the HTTP header, which the command line writes itself.
  if (code === 'credential-missing') return SIGN_IN
  const command = COMMANDS[code]
  return command === undefined ? null : `${remedyOf(code)} ${command}`
}

/** Turns any exception into one sentence, a remedy and an exit code. */
export function failureOf(error: unknown): Failure {
  const exit = exitCodeOf(error)
  if (error instanceof ConfigProblem)
    return { code: 'configuration', message: error.problems.join('\n'), hint: null, exit }
  if (error instanceof DatabaseProblem)
    return { code: `database-${error.kind}`, message: error.message, hint: null, exit }
  if (error instanceof Refusal) {
    const { parameter, sentence } = error.facts
    const message = parameter && !sentence ? `${error.text.replace(/\.$/, '')}: ${parameter}.` : error.text
    const request = error instanceof ServerRefusal && error.requestId ? { request_id: error.requestId } : {}
    return { code: error.code, message, hint: hintFor(error), exit, ...request }
  }
  const message = error instanceof Error ? error.message : String(error)
  return { code: 'bug', message: `Something unexpected happened: ${message}`, hint: ASK_DEBUG_LOG, exit: EXIT.bug }
}

export function tellFailure(failure: Failure, asJson: boolean): void {
  if (asJson) process.stderr.write(`${JSON.stringify({ error: failure })}\n`)
  else process.stderr.write(`claviger: ${failure.message}\n${failure.hint ? `  ${asTyped(failure.hint)}\n` : ''}`)
}
