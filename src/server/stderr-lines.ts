import type { DestinationStream } from 'pino'

/** What waits for a slow reader; a line beyond that is lost. */
const MOST_WAITING_BYTES = 256 * 1024

let lost = 0
let torn = false
let opened: DestinationStream | undefined

/**
 * Lines on stderr that never stop the process: when the disk is full, the pipe closed or its reader slow, a line is lost
 * and counted, and the next one is tried anew. (A stream of Node.js queues for a pipe; pino's own destination would wait.)
 */
export function stderrLines(): DestinationStream {
  if (opened) return opened
  const { stderr } = process
  // Each failed write is counted by its callback.
  stderr.on('error', () => {})
  opened = {
    write(line) {
      if (stderr.writableLength > MOST_WAITING_BYTES) return lose()
      // What was lost may have left half a line.
      stderr.write(torn ? `\n${line}` : line, written)
      torn = false
    },
  }
  return opened
}

/** Of this process, since it began. */
export const linesLost = (): number => lost

const written = (error?: Error | null): void => {
  if (error) lose()
}
function lose(): void {
  lost++
  torn = true
}
