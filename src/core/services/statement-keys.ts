import { randomBytes } from 'node:crypto'
import { type Opened, openStatements, type StatementKey } from '../../crypto/statement.ts'
import type { Vault } from '../../crypto/vault.ts'
import type { Statement } from '../../model/credentials/statement.ts'
import { entry } from '../../model/journal.ts'
import { DAY, SECOND } from '../../model/span.ts'
import { SYSTEM } from '../../model/users/actor.ts'
import type { StatementKeyRecord } from '../../ports/statements.ts'
import type { Stores } from '../../ports/stores.ts'

/**
 * Seals and opens access tokens that carry their own record, with keys shared by all processes on this database. The
 * keys are random and stored sealed. Each seals for seven days, and is published five seconds before, so that every
 * process knows it.
 */
export type StatementKeys = {
  /**
   * Returns the token, or undefined if the token needs a row: it is too long, lives longer than a day, or stated tokens
   * are not in use.
   */
  seal(statement: Statement): string | undefined
  /** Opens a token. Loads the keys again if the token names an unknown key, at most once per second. */
  open(presented: string): Promise<Opened>
  /**
   * True if stated tokens are in use. A migrated database uses none before `claviger upgrade finish`, because older processes may
   * still run.
   */
  inUse(): boolean
  /** Loads the keys. Makes the first key, and the next one when it is due. */
  load(): Promise<void>
  /** Seals nothing until the keys are loaded again. */
  forget(): void
}

/** The setting that allows stated tokens; migration 0020 sets it in a new database. */
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
  /** The time at which the next key begins to seal. */
  let chosenUntil = Number.NEGATIVE_INFINITY
  let loading: Promise<void> | undefined
  let next: Promise<void> | undefined
  let loadedAt = Number.NEGATIVE_INFINITY
  let failure: { error: unknown } | undefined

  /**
   * Chooses the newest key whose time to seal has come. If there is none after a clock was set back, chooses the newest
   * of all.
   */
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

  /** Only one load runs at a time. Calls during a load share the next load, which starts after them. */
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

/** True if there is no key, the newest has sealed for its whole period, or a wrong clock dated it far ahead. */
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
