import { Refusal, type RefusalCode } from '../../model/refusals/refusal.ts'
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

const SIGN_IN = 'claviger whoami shows how you are signed in; claviger login signs in again.'

/** Remedies for refusals without one in their sentence. */
const HINTS: Partial<Record<RefusalCode, string>> = {
  'credential-missing': SIGN_IN,
  'credential-malformed': SIGN_IN,
  'credential-unknown': SIGN_IN,
  'credential-expired': SIGN_IN,
  'credential-revoked': SIGN_IN,
  'scope-insufficient': 'claviger whoami shows what the sign-in may do.',
  'name-taken': 'Choose another, or look at what has it with the verb get.',
  'owner-disabled': 'claviger user enable makes the account active again.',
  'scope-unknown': 'A scope is printable text without spaces; several are given as "read write".',
  'password-unfit': 'Pass it on stdin with --password-stdin; CLAVIGER_PASSWORD_MIN_LENGTH sets the least length.',
  bug: 'Run it again with CLAVIGER_LOG_LEVEL=debug and report what it prints.',
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

function hintFor({ code, text }: Refusal): string | null {
  const noun = LISTS[/^There is no ([\w ]+) "/.exec(text)?.[1] ?? '']
  return noun === undefined ? (HINTS[code] ?? null) : `claviger ${noun} list shows what there is.`
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
  return { code: 'bug', message: `Something unexpected happened: ${message}`, hint: HINTS.bug ?? null, exit: EXIT.bug }
}

export function tellFailure(failure: Failure, asJson: boolean): void {
  if (asJson) process.stderr.write(`${JSON.stringify({ error: failure })}\n`)
  else process.stderr.write(`claviger: ${failure.message}\n${failure.hint ? `  ${asTyped(failure.hint)}\n` : ''}`)
}
