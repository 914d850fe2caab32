import { Refusal, type RefusalCode } from '../model/refusal.ts'
import { ConfigProblem } from '../server/config.ts'
import { DatabaseProblem } from '../store/engine.ts'
import { EXIT, exitCodeOf } from './exit-codes.ts'

export type Failure = { code: string; message: string; hint: string | null; exit: number }

/** What to try, where a refusal alone does not say it. */
const HINTS: Partial<Record<RefusalCode, string>> = {
  'user-unknown': 'claviger user list shows who there is.',
  'audience-unknown': 'claviger api list shows which there are.',
  'credential-unknown': 'claviger credential list shows the ids.',
  'name-taken': 'Choose another, or look at what has it with the verb get.',
  'owner-disabled': 'claviger user enable makes the account active again.',
  'scope-unknown': 'A scope is printable text without spaces; several are given as "read write".',
  'password-unfit': 'Pass it on stdin with --password-stdin; CLAVIGER_PASSWORD_MIN_LENGTH sets the least length.',
  bug: 'Run it again with CLAVIGER_LOG_LEVEL=debug and report what it prints.',
}

/** Anything that was thrown, as one clear sentence with what to do and an exit code. */
export function failureOf(error: unknown): Failure {
  const exit = exitCodeOf(error)
  if (error instanceof ConfigProblem)
    return { code: 'configuration', message: error.problems.join('\n'), hint: null, exit }
  if (error instanceof DatabaseProblem)
    return { code: `database-${error.kind}`, message: error.message, hint: null, exit }
  if (error instanceof Refusal) {
    const { parameter, sentence } = error.facts
    const message = parameter && !sentence ? `${error.text.replace(/\.$/, '')}: ${parameter}.` : error.text
    return { code: error.code, message, hint: HINTS[error.code] ?? null, exit }
  }
  const message = error instanceof Error ? error.message : String(error)
  return { code: 'bug', message: `Something unexpected happened: ${message}`, hint: HINTS.bug ?? null, exit: EXIT.bug }
}

export function tellFailure(failure: Failure, asJson: boolean): void {
  if (asJson) process.stderr.write(`${JSON.stringify({ error: failure })}\n`)
  else process.stderr.write(`claviger: ${failure.message}\n${failure.hint ? `  ${failure.hint}\n` : ''}`)
}
