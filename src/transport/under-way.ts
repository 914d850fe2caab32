import { setTimeout } from 'node:timers/promises'

const LONGEST_REQUEST_MILLISECONDS = 20_000
const LOOK_EVERY_MILLISECONDS = 25

/** What a server has begun to answer and not finished, whichever way it came. */
export type UnderWay = {
  begin(): void
  finish(): void
  /** Ends of answers that go on until one side ends them. */
  streams: Set<() => void>
  /** Ends those answers and waits for the rest, but not for ever: one that hangs must not hold up a restart. */
  settle(): Promise<void>
}

export function openUnderWay(): UnderWay {
  const streams = new Set<() => void>()
  let count = 0
  return {
    begin: () => count++,
    finish: () => count--,
    streams,
    async settle() {
      const latest = performance.now() + LONGEST_REQUEST_MILLISECONDS
      for (const end of streams) end()
      while (count > 0 && performance.now() < latest) await setTimeout(LOOK_EVERY_MILLISECONDS)
    },
  }
}
