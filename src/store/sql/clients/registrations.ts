import type { BlockSubject, RegistrationBlock } from '../../../model/clients/registration-block.ts'
import type { Credential } from '../../../model/credentials/credential.ts'
import type {
  NewRegistration,
  RegistrationLimits,
  RegistrationOutcome,
  RegistrationStore,
} from '../../../ports/registrations.ts'
import type { Engine, Transaction } from '../../engine.ts'
import type { Tables } from '../../tables.ts'
import { writeData } from '../credentials/credential-data.ts'
import { record } from '../revocations.ts'
import { fromCredential, toCredential } from '../rows.ts'
import { toClient } from './client-rows.ts'
import { insertClient, ownedClients } from './clients.ts'

export const registrationStore = (engine: Engine): RegistrationStore => ({
  register: (ask, entry) =>
    engine.write(async (tx): Promise<RegistrationOutcome> => {
      // Locks in the usual order: first the token, then the counter of clients, which lets one registration run at a
      // time.
      const token = ask.initialToken === undefined ? undefined : await holdToken(tx, ask.initialToken, entry.at)
      if (token === 'spent') return { is: 'token-spent' }
      await holdClients(tx)
      const equal = await equalTo(tx, ask)
      if (equal) return { is: 'shared', client: toClient(equal) }
      const refused = ask.limits && (await judge(tx, ask.client, ask.limits))
      if (refused) return refused
      if (token) await takeUse(tx, token, entry.at)
      const client = await insertClient(tx, ask.client)
      if (ask.token) await tx.insertInto('credentials').values(fromCredential(ask.token)).execute()
      await record(tx, entry)
      return { is: 'registered', client }
    }),

  async blocks() {
    const rows = engine.db.selectFrom('registration_blocks').selectAll().orderBy('subject').orderBy('value')
    return (await rows.limit(MOST_BLOCKS).execute()).map(toBlock)
  },

  block: ({ subject, value, note = null, createdAt }, entry) =>
    engine.write(async tx => {
      const made = await tx
        .insertInto('registration_blocks')
        .values({ subject, value, note, created_at: createdAt })
        .onConflict(conflict => conflict.doNothing())
        .executeTakeFirst()
      if (made.numInsertedOrUpdatedRows !== 1n) return false
      await record(tx, entry)
      return true
    }),

  unblock: ({ subject, value }, entry) =>
    engine.write(async tx => {
      const gone = tx.deleteFrom('registration_blocks').where('subject', '=', subject).where('value', '=', value)
      if ((await gone.executeTakeFirst()).numDeletedRows === 0n) return false
      await record(tx, entry)
      return true
    }),
})

const MOST_BLOCKS = 10_000

const toBlock = ({ subject, value, note, created_at }: Tables['registration_blocks']): RegistrationBlock => ({
  subject: subject as BlockSubject,
  value,
  ...(note !== null && { note }),
  createdAt: created_at,
})

const holdClients = (tx: Transaction) =>
  tx
    .updateTable('counters')
    .set(eb => ({ value: eb.ref('value') }))
    .where('name', '=', 'clients')
    .execute()

/** Returns the limit that refuses the registration; `undefined` if the client may be stored. */
async function judge(
  tx: Transaction,
  { origin, createdAt: now }: NewRegistration['client'],
  { network, area, all }: RegistrationLimits,
): Promise<RegistrationOutcome | undefined> {
  const unused = neverUsed(tx)
  const ofArea = unused.where('origin_area', '=', origin.area)
  const has = async (some: typeof unused, { most, within }: { most: number; within: number }): Promise<boolean> => {
    const newer = some.where('created_at', '>', now - within)
    return (
      (await newer
        .offset(most - 1)
        .limit(1)
        .executeTakeFirst()) !== undefined
    )
  }
  if (await has(ofArea.where('origin_network', '=', origin.network), network))
    return { is: 'network-full', within: network.within }
  if (await has(ofArea, area)) return { is: 'area-full', within: area.within }
  if ((await has(unused, all)) && (await has(ofArea, { most: 1, within: all.within })))
    return { is: 'busy', within: all.within }
  return undefined
}

const neverUsed = (tx: Transaction) =>
  tx.selectFrom('clients').select('id').where('origin_area', 'is not', null).where('last_used_at', 'is', null)

async function equalTo(tx: Transaction, { client: { origin, createdAt }, sharedWithin }: NewRegistration) {
  if (origin.digest === undefined) return undefined
  const equal = ownedClients(tx)
    .where('origin_digest', '=', origin.digest)
    .where('origin_network', '=', origin.network)
    .where('created_at', '>', createdAt - sharedWithin)
    .where('active', '=', 1)
  return equal.limit(1).executeTakeFirst()
}

/** Locks the row of a token that can still be used, so that other transactions wait until this one ends. */
async function holdToken(
  tx: Transaction,
  fingerprint: string,
  now: number,
): Promise<Credential<'initial-access-token'> | 'spent'> {
  const row = await tx
    .updateTable('credentials')
    .set(eb => ({ fingerprint: eb.ref('fingerprint') }))
    .where('fingerprint', '=', fingerprint)
    .where('kind', '=', 'initial-access-token')
    .where('revoked_at', 'is', null)
    .where('spent_at', 'is', null)
    .where(eb => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .returningAll()
    .executeTakeFirst()
  return row ? (toCredential(row) as Credential<'initial-access-token'>) : 'spent'
}

/** Takes one use of the token. After its last use, the token is spent. */
async function takeUse(tx: Transaction, token: Credential<'initial-access-token'>, now: number): Promise<void> {
  const { usesLeft, ...data } = token.data
  const left = usesLeft === undefined ? {} : { usesLeft: usesLeft - 1 }
  await tx
    .updateTable('credentials')
    .set({
      data: writeData<'initial-access-token'>({ kind: token.kind, data: { ...data, ...left } }),
      last_used_at: now,
      ...(left.usesLeft === 0 && { spent_at: now }),
    })
    .where('fingerprint', '=', token.fingerprint)
    .execute()
}
