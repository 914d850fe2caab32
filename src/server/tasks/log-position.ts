import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { type LogPlace, reaches, samePlace } from '../../model/credentials/validity.ts'
import { isCount, isText, objectOf } from '../../model/refusals/typed.ts'
import { DatabaseProblem } from '../../store/engine.ts'
import type { Config } from '../settings/config.ts'
import { databaseFile } from '../settings/find-installation.ts'

/*
 * A file beside an SQLite database. It contains the last position that was read in the revocation log. If the log ends
 * before this position, the database was restored from a backup and lacks later revocations.
 */

export type LogPosition = {
  /** Throws if the log of the database ends before the stored position. */
  check(head: LogPlace): void
  keep(place: LogPlace): void
  /**
   * Called when a server stops: reads the log once more and stores its position, because rows newer than the last position may have
   * been read.
   */
  close(log: { follow(): Promise<void>; place(): LogPlace }): Promise<void>
}

const NONE: LogPosition = { check() {}, keep() {}, async close() {} }

export function openLogPosition(config: Pick<Config, 'databaseUrl' | 'dataDir'>): LogPosition {
  const database = databaseFile(config)
  if (database === undefined) return NONE
  const file = `${database}-position`
  let kept: LogPlace | undefined
  function keep(place: LogPlace): void {
    if (kept && samePlace(kept, place)) return
    const draft = `${file}.${process.pid}`
    writeFileSync(draft, JSON.stringify(place), { mode: 0o600 })
    renameSync(draft, file)
    kept = place
  }
  return {
    check(head) {
      const known = read(file)
      if (known && !reaches(head, known))
        throw new DatabaseProblem(
          `The database ${database} is older than what was read of it: its revocation log ends at ${head.seq}, and was read up to ${known.seq}. It was restored, so what was revoked since would work again. End everything with: claviger credential revoke-all --everything. If you know that nothing was revoked meanwhile, remove ${file}`,
        )
    },
    keep,
    async close(log) {
      await log.follow()
      keep(log.place())
    },
  }
}

const isPlace = objectOf({ incarnation: isText, seq: isCount })

/** Returns undefined for a file that is missing or not readable. */
function read(file: string): LogPlace | undefined {
  try {
    const place: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isPlace(place) ? place : undefined
  } catch {
    return undefined
  }
}
