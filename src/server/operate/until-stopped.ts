import type { Logger } from 'pino'

/** A terminal and its shell may both forward one Ctrl-C, so two signals within this time count as one. */
const ONE_SIGNAL_MILLISECONDS = 250

/**
 * Resolves at the first stop signal; a second one ends the process at once. An exception outside of any request also
 * resolves it.
 */
export function untilStopped(log?: Logger): Promise<number> {
  return new Promise(resolve => {
    let since: number | undefined
    const onSignal = (signal: NodeJS.Signals) => {
      const now = performance.now()
      if (since === undefined) {
        since = now
        resolve(0)
      } else if (now - since > ONE_SIGNAL_MILLISECONDS) process.exit(signal === 'SIGINT' ? 130 : 143)
    }
    process.on('SIGTERM', onSignal)
    process.on('SIGINT', onSignal)
    process.on('unhandledRejection', error => log?.error({ err: error }, 'a promise was rejected and nobody listened'))
    process.on('uncaughtException', error => {
      log?.fatal({ err: error }, 'an error that nobody caught; stopping')
      resolve(1)
    })
  })
}
