import { EXIT } from './exit-codes.ts'
import { tellFailure } from './failure.ts'

/*
 * A failed write to stdout ends a command, because its data must arrive. Lines on stderr may be lost. A server continues
 * after both.
 */

let outlasts = false

export function watchStandardStreams(): void {
  process.stderr.on('error', () => {})
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (outlasts) return
    // The reader has closed the pipe after enough lines: `claviger credential list | head -1`.
    if (error.code === 'EPIPE') process.exit(EXIT.done)
    const message = `The answer could not be written to stdout: ${error.message}. What was done is done.`
    const hint = 'A secret that was to be shown is lost: rotate or revoke it.'
    tellFailure({ code: 'output-lost', message, hint, exit: EXIT.data }, process.argv.includes('--json'))
    process.exit(EXIT.data)
  })
}

/** After this call, errors of stdout no longer end the process. */
export function outlastStdout(): void {
  outlasts = true
}

/** Waits until a slow reader has read all output, because an exit would cut it off. */
export async function flushStdout(): Promise<void> {
  if (!outlasts) await new Promise(resolve => process.stdout.write('', resolve))
}
