import { randomBytes } from 'node:crypto'
import { type Opened, openStatements, type StatementKey } from '../../crypto/statement.ts'
import type { Vault } from '../../crypto/vault.ts'
import { SYSTEM } from '../../model/actor.ts'
import { entry } from '../../model/journal.ts'
import { DAY, SECOND } from '../../model/span.ts'
import type { Statement } from '../../model/statement.ts'
import type { StatementKeyRecord } from '../../ports/statements.ts'
import type { Stores } from '../../ports/stores.ts'

/**
 * Seals access tokens that carry their own record, and opens them, with keys that all processes of this database share.
 * The keys are random and stored sealed; one seals for seven days, and is known everywhere five seconds before it does.
 */
export type StatementKeys = {
  /** The token; `undefined` where it becomes a row: too long, of a life beyond a day, or nothing is stated here yet. */
  seal(statement: Statement): string | undefined
  /** Reads the keys anew, at most once a second, where the text names one that is not known here. */
  open(presented: string): Promise<Opened>
  /** Are tokens stated here? Not in a migrated database, until `claviger upgrade finish` says that no older process runs beside. */
  inUse(): boolean
  /** Reads the keys, and makes the first, or the next one if it is time. */
  load(): Promise<void>
  /** Seals nothing until the keys were read again. */
  forget(): void
}

/** Set where tokens may be stated; see the migration. */
export const STATEMENTS_SETTING = 'statements'
const PURPOSE = 'statement-key'
const SECRET_BYTES = 32
const SEALS_FOR = 7 * DAY
const KNOWN_BEFORE = 5 * SECOND
const PAUSE_MILLISECONDS = 1000

export function openStatementKeys(needs: StatementKeyNeeds): StatementKeys {
  const statements = openStatements(() => needs.rules.issuer)
  let keys: (StatementKey & Pick<StatementKeyRecord, 'sealsFrom'>)[] = []
  let sealing: number | undefined
  /** When another key is to be chosen. */
  let chosenUntil = Number.NEGATIVE_INFINITY
  let loading: Promise<void> | undefined
  let next: Promise<void> | undefined
  let loadedAt = Number.NEGATIVE_INFINITY
  let failure: { error: unknown } | undefined

  /** The newest that seals by now. After a clock was set back that may be none: then the newest of all. */
  function choose(now: number): void {
    const ready = keys.filter(key => key.sealsFrom <= now)
    sealing = (ready.length > 0 ? ready : keys).at(-1)?.number
    const waiting = keys.filter(key => key.sealsFrom > now).map(key => key.sealsFrom)
    chosenUntil = Math.min(...waiting)
    statements.load(keys, sealing ?? 0)
  }

  async function read(): Promise<StatementKeyRecord[]> {
    const stored = await needs.statementKeys.list()
    keys = stored.map(record => unseal(needs, record))
    choose(needs.now())
    return stored
  }

  async function loadNow(): Promise<void> {
    loadedAt = performance.now()
    try {
      const newest = (await read()).at(-1)
      if (isDue(newest, needs.now()) && (await needs.settings.get(STATEMENTS_SETTING)) === 'on') {
        await addKey(needs, newest)
        await read()
      }
      failure = undefined
    } catch (error) {
      failure = { error }
      throw error
    }
  }

  /** One at a time; all who ask while one runs share the next, which begins after they asked. */
  function load(): Promise<void> {
    if (!loading) {
      loading = loadNow().finally(() => {
        loading = undefined
      })
      return loading
    }
    next ??= loading
      .catch(() => {})
      .then(() => {
        next = undefined
        return load()
      })
    return next
  }

  return {
    load,
    inUse: () => sealing !== undefined,
    forget() {
      keys = []
      sealing = undefined
    },
    seal(statement) {
      if (sealing === undefined) return undefined
      const now = needs.now()
      if (now >= chosenUntil) choose(now)
      return statements.seal(statement)
    },
    async open(presented) {
      const opened = statements.open(presented)
      if (opened.is !== 'unknown-key') return opened
      if (performance.now() - loadedAt >= PAUSE_MILLISECONDS) await load()
      else if (loading) await loading
      else if (failure) throw failure.error
      return statements.open(presented)
    },
  }
}

/** None yet, one that has sealed long enough, or one of a clock that ran ahead. */
const isDue = (newest: StatementKeyRecord | undefined, now: number): boolean =>
  newest === undefined || now >= newest.sealsFrom + SEALS_FOR || newest.sealsFrom > now + DAY

async function addKey(needs: StatementKeyNeeds, newest: StatementKeyRecord | undefined): Promise<void> {
  const createdAt = needs.now()
  const key = {
    sealedSecret: needs.vault.seal(PURPOSE, randomBytes(SECRET_BYTES).toString('base64url')),
    createdAt,
    sealsFrom: newest ? createdAt + KNOWN_BEFORE : createdAt,
  }
  const made = entry(SYSTEM, 'created', { about: 'statement-key' }, { at: createdAt })
  await needs.statementKeys.add(key, newest?.number, made)
}

function unseal(needs: Pick<StatementKeyNeeds, 'vault'>, { number, sealedSecret, sealsFrom }: StatementKeyRecord) {
  const secret = needs.vault.open(PURPOSE, sealedSecret)
  if (secret === undefined) throw new Error(`statement key ${number} was sealed with another master key`)
  return { number, secret: Buffer.from(secret, 'base64url'), sealsFrom }
}

export type StatementKeyNeeds = Pick<Stores, 'statementKeys' | 'settings'> & {
  vault: Vault
  now(): number
  rules: { issuer: string }
}
