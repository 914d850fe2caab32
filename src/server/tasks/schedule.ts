import { setTimeout } from 'node:timers/promises'
import { sendLogouts } from '../../core/openid/logout/send-logouts.ts'
import { unpublishSigningKeys } from '../../core/services/signing-keys/unpublish-signing-keys.ts'
import type { World } from '../../core/world.ts'
import { DAY, MINUTE } from '../../model/span.ts'

/** Periodic tasks of a server, with the pause in milliseconds between the end of one run and the start of the next. */
const TASKS: readonly { every: number; run: (world: World, beside: Beside) => Promise<unknown> }[] = [
  { every: 250, run: (world, { followed }) => world.lookups.follow().then(followed) },
  { every: 1000, run: world => world.recorder.flush('due') },
  { every: 1000, run: sendLogouts },
  { every: 5000, run: world => world.retention.purge(world.now(), { ...KEEP, turn: 4000, limit: 500 }) },
  { every: 10 * MINUTE, run: unpublishSigningKeys },
  { every: MINUTE, run: world => Promise.all([world.statements.load(), world.ended.load()]) },
]

/** Revocations are kept longer than the longest token they may concern (a JWT expires after a year at most). */
const KEEP = {
  expired: DAY,
  revoked: 90 * DAY,
  usage: 90 * DAY,
  networks: 2 * DAY,
  minutes: 2 * DAY,
  journal: 400 * DAY,
  revocations: 400 * DAY,
  applications: 180 * DAY,
  documents: 7 * DAY,
  registrations: 30 * DAY,
  notices: 60 * DAY,
}

/**
 * Starts the tasks. The returned function starts no further run and resolves when running ones have ended, so the
 * database can be closed.
 */
export function startSchedule(world: World, { followed, onError }: Beside): () => Promise<void> {
  const end = new AbortController()
  const running = TASKS.map(async ({ every, run }) => {
    while (await pause(every, end.signal)) await run(world, { followed, onError }).catch(onError)
  })
  return async () => {
    end.abort()
    await Promise.all(running)
  }
}

/** `followed` is called when the revocation log was read up to its end. */
type Beside = { followed: () => void; onError: (error: unknown) => void }

/** Resolves to true after the time, or to false if the signal ends the pause earlier. */
const pause = (milliseconds: number, signal: AbortSignal): Promise<boolean> =>
  setTimeout(milliseconds, true, { signal, ref: false }).catch(() => false)
