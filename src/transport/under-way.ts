import { setTimeout } from 'node:timers/promises'

const LONGEST_REQUEST_MILLISECONDS = 20_000
const LOOK_EVERY_MILLISECONDS = 25

/** Requests whose answer is not finished, over every transport. */
export type UnderWay = {
  begin(): void
  finish(): void
  /** Functions that end the streams which are open. */
  streams: Set<() => void>
  /** Ends the streams and waits for the other answers. It waits for a limited time, so that a hanging request cannot block a restart. */
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
