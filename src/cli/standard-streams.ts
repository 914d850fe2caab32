import { EXIT } from './exit-codes.ts'
import { tellFailure } from './failure.ts'

/*
 * Data goes to stdout and must arrive: where it cannot, the command ends. Lines on stderr are for people and may be lost.
 * A server outlasts both.
 */

let outlasts = false

export function watchStandardStreams(): void {
  process.stderr.on('error', () => {})
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (outlasts) return
    // The reader has seen enough: `claviger credential list | head -1`.
    if (error.code === 'EPIPE') process.exit(EXIT.done)
    const message = `The answer could not be written to stdout: ${error.message}. What was done is done.`
    const hint = 'A secret that was to be shown is lost: rotate or revoke it.'
    tellFailure({ code: 'output-lost', message, hint, exit: EXIT.data }, process.argv.includes('--json'))
    process.exit(EXIT.data)
  })
}

/** From now on nothing that happens to stdout ends this process. */
export function outlastStdout(): void {
  outlasts = true
}

/** Waits until a slow reader has taken what was written; an exit would cut it off. */
export async function flushStdout(): Promise<void> {
  if (!outlasts) await new Promise(resolve => process.stdout.write('', resolve))
}
