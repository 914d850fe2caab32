import { hintOf, mintFor } from '../../crypto/credential-format.ts'
import type { Credential, CredentialKind, DataOf } from '../../model/credentials/credential.ts'
import type { JournalEntry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { User } from '../../model/users/user.ts'
import type { World } from '../world.ts'

/** A new secret and its record. The secret is returned once and never stored. */
export type NewCredential<K extends CredentialKind = CredentialKind> = { secret: string; credential: Credential<K> }

export type CredentialFields<K extends CredentialKind> = Partial<
  Omit<Credential, 'id' | 'fingerprint' | 'kind' | 'hint' | 'data'>
> & {
  /** A secret in the form that older clients expect; by default one in our own format. */
  secret?: string
  /** The text to fingerprint if it differs from the secret: for a JWT, or a token with a user number. */
  lookedUpBy?: string
} & (MayBeBare<K> extends true ? { data?: DataOf[K] } : { data: DataOf[K] })

/** `true` if no kind in K has required data. */
type MayBeBare<K extends CredentialKind> = false extends {
  [P in K]: Record<never, never> extends DataOf[P] ? true : false
}[K]
  ? false
  : true

export function makeCredential<K extends CredentialKind>(
  needs: MakeNeeds,
  kind: K,
  ...[making]: MayBeBare<K> extends true ? [making?: CredentialFields<K>] : [making: CredentialFields<K>]
): NewCredential<K> {
  const { secret = mintFor(kind), lookedUpBy = secret, ...fields } = making ?? ({} as CredentialFields<K>)
  const fingerprint = needs.vault.fingerprint(lookedUpBy)
  const credential = {
    audience: [],
    createdAt: needs.now(),
    data: {},
    ...fields,
    id: fingerprint.slice(0, 24),
    fingerprint,
    kind,
    hint: hintOf(secret),
  } as Credential<K>
  return { secret, credential }
}

/**
 * Stores a credential for a user unless all credentials of the user were ended since `user` was read. So a sign-in with
 * the old password gets nothing if the password changes at the same time.
 */
export async function storeFor(
  needs: Pick<World, 'credentials'>,
  user: User,
  credential: Credential,
  entry: JournalEntry,
): Promise<void> {
  if ((await needs.credentials.issueTo(user, [credential], entry)) === 'outdated') throw userChanged(user)
}

export const userChanged = (user: User): Refusal =>
  new Refusal('state-conflict', `all of ${user.id} was ended, or they were disabled, at the same moment`, {
    sentence: 'The password of this account was changed, or it was signed out, at this very moment. Sign in again.',
  })

/** The text to look up a token pair by. It includes the user number, so a token works only for its own user. */
export const pairLookup = (userNumber: number | string, token: string): string => `${userNumber}:${token}`

type MakeNeeds = Pick<World, 'now'> & { vault: Pick<World['vault'], 'fingerprint'> }
