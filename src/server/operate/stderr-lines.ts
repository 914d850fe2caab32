import type { DestinationStream } from 'pino'

/** The limit of bytes that wait for a slow reader. Further lines are dropped. */
const MOST_WAITING_BYTES = 256 * 1024

let lost = 0
let torn = false
let opened: DestinationStream | undefined

/**
 * Writes lines to stderr without ever stopping the process. If the disk is full, the pipe closed or its reader slow, a
 * line is dropped and counted, and the next line is tried again. (Node.js queues without limit for a pipe; pino's own
 * destination would block.)
 */
export function stderrLines(): DestinationStream {
  if (opened) return opened
  const { stderr } = process
  // The callback of each failed write counts it, so the event needs no action.
  stderr.on('error', () => {})
  opened = {
    write(line) {
      if (stderr.writableLength > MOST_WAITING_BYTES) return lose()
      // A failed write may have left half a line, so the next one begins on a new line.
      stderr.write(torn ? `\n${line}` : line, written)
      torn = false
    },
  }
  return opened
}

/** Lines dropped by this process since its start. */
export const linesLost = (): number => lost

const written = (error?: Error | null): void => {
  if (error) lose()
}
function lose(): void {
  lost++
  torn = true
}
