import { hintOf, mintFor } from '../../crypto/credential-format.ts'
import type { Credential, CredentialKind, DataOf } from '../../model/credential.ts'
import type { JournalEntry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusal.ts'
import type { User } from '../../model/user.ts'
import type { World } from '../world.ts'

/** A secret and the record that will recognise it. The secret leaves once, in the answer that made it. */
export type NewCredential<K extends CredentialKind = CredentialKind> = { secret: string; credential: Credential<K> }

export type CredentialFields<K extends CredentialKind> = Partial<
  Omit<Credential, 'id' | 'fingerprint' | 'kind' | 'hint' | 'data'>
> & {
  /** A shape that old clients expect; otherwise a secret of our own format. */
  secret?: string
  /** What is fingerprinted instead of the secret, where the secret is a JWT or comes with a user id. */
  lookedUpBy?: string
} & (MayBeBare<K> extends true ? { data?: DataOf[K] } : { data: DataOf[K] })

/** `true` where every kind of these may carry nothing of its own. */
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
 * Stores what was decided for this user, unless all that is theirs was ended since they were read: a sign-in with
 * the old password while the new one was set has nothing, however the two met.
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

/** What a user/token pair is found by: both together, so that a token works for its own user alone. */
export const pairLookup = (userNumber: number | string, token: string): string => `${userNumber}:${token}`

type MakeNeeds = Pick<World, 'now'> & { vault: Pick<World['vault'], 'fingerprint'> }
