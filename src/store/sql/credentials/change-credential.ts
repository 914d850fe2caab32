import { isDeepStrictEqual } from 'node:util'
import type { Credential } from '../../../model/credentials/credential.ts'
import type { CredentialChange } from '../../../ports/credential-changes.ts'
import type { CredentialStore } from '../../../ports/stores.ts'
import type { Engine } from '../../engine.ts'
import { changed, record, revoking } from '../revocations.ts'
import { fromCredential, hasId, toCredential } from '../rows.ts'

/** Changes a credential and appends to the log, so that followers read the credential again. */
export const changeOfCredential = (engine: Engine): Pick<CredentialStore, 'change'> => ({
  change: (before, change, entry) =>
    revoking(engine, async tx => {
      const held = await tx
        .updateTable('credentials')
        .set(eb => ({ hint: eb.ref('hint') }))
        .where(hasId(before.id))
        .where('revoked_at', 'is', null)
        .returningAll()
        .executeTakeFirst()
      // The update has locked this row until the transaction ends, so no parallel change can happen between reading and writing.
      const now = held && toCredential(held)
      if (!now || !isDeepStrictEqual(decidedOn(now), decidedOn(before))) return 'outdated'
      const after = changedBy(now, change)
      const { name, scopes, expires_at, data } = fromCredential(after)
      const state = { disabled_at: after.disabledAt ?? null, disabled_by: after.disabledBy ?? null }
      await tx
        .updateTable('credentials')
        .set({ name, scopes, expires_at, data, ...state })
        .where('fingerprint', '=', now.fingerprint)
        .execute()
      await record(tx, entry, changed('credential', now.id))
      return after
    }),
})

/** The fields on which a decision about a credential depends. `lastUsedAt` is not one, because use may continue meanwhile. */
const decidedOn = ({ scopes, expiresAt, disabledAt, disabledBy, spentAt, data }: Credential) => ({
  scopes,
  expiresAt,
  disabledAt,
  disabledBy,
  spentAt,
  data,
})

function changedBy(before: Credential, change: CredentialChange): Credential {
  const { name, scopes, expiresAt, disabled, networks, note, metadata } = change
  const after = { ...before, ...(name !== undefined && { name }) } as Credential
  put(after, 'scopes', scopes && [...scopes])
  put(after, 'expiresAt', expiresAt)
  put(after, 'disabledAt', disabled === null ? null : disabled?.at)
  put(after, 'disabledBy', disabled === null ? null : disabled?.by)
  const data: Record<string, unknown> = { ...before.data }
  put(data, 'networks', networks)
  put(data, 'note', note)
  put(data, 'metadata', metadata)
  return { ...after, data } as Credential
}

/** `undefined` leaves the value, `null` deletes it. */
function put<T extends object, K extends keyof T>(into: T, key: K, value: T[K] | null | undefined): void {
  if (value === null) delete into[key]
  else if (value !== undefined) into[key] = value
}
