import { hintOf, jwtLookup, mintFor, orderedId } from '../../crypto/credential-format.ts'
import type { Client, ResourceServer } from '../../model/client.ts'
import type { Credential, CredentialKind, DataOf } from '../../model/credential.ts'
import type { JournalEntry } from '../../model/journal.ts'
import { Refusal } from '../../model/refusal.ts'
import { intersect, type Scope } from '../../model/scope.ts'
import { effectiveScopes, type User } from '../../model/user.ts'
import { type LogPlace, NOWHERE } from '../../model/validity.ts'
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

/**
 * An access token: opaque, or a JWT (RFC 9068) where the one resource server it is for asked for that. Both have a row,
 * so both can be listed, introspected and revoked.
 */
export function makeAccessToken(
  needs: Pick<World, 'vault' | 'now' | 'signer' | 'rules'>,
  ask: AccessTokenAsk,
): NewCredential {
  const { client, user, grantId, scopes, resources } = ask
  const now = needs.now()
  const audience = resources.map(resource => resource.audience)
  const [only, ...others] = resources
  const asJwt = only?.tokenFormat === 'jwt' && others.length === 0
  // A JWT must end (RFC 9068 section 2.2), also where the client's policy lets an opaque token live on.
  const seconds = client.policy.accessTokenSeconds ?? (asJwt ? (needs.rules.policy.accessTokenSeconds ?? 3600) : null)
  const expiresAt = seconds === null ? undefined : now + seconds * 1000
  const fields: CredentialFields<'access-token'> = { clientId: client.id, scopes, audience, createdAt: now }
  if (user) fields.userId = user.id
  if (grantId) fields.grantId = grantId
  if (expiresAt !== undefined) fields.expiresAt = expiresAt
  if (!asJwt || expiresAt === undefined) return makeCredential(needs, 'access-token', fields)

  const jti = orderedId()
  const lookedUpBy = jwtLookup(jti)
  const secret = needs.signer.sign('at+jwt', {
    iss: needs.rules.issuer,
    sub: user?.id ?? client.id,
    aud: only.audience,
    client_id: client.id,
    // A check without the server knows no more than this.
    scope: grantedScopes(ask).join(' '),
    iat: Math.floor(now / 1000),
    exp: Math.floor(expiresAt / 1000),
    jti,
    client_name: client.name,
    ...(user && { username: user.handle, user_number: user.number }),
    credential_id: needs.vault.fingerprint(lookedUpBy).slice(0, 24),
    ...(grantId && { grant_id: grantId }),
    ...(ask.place !== NOWHERE && { feed_position: ask.place.seq, feed_incarnation: ask.place.incarnation }),
  })
  return makeCredential(needs, 'access-token', { ...fields, secret, lookedUpBy })
}

/** Of what was granted, what a token carries at this moment: no more than its user may and its client is registered for. */
export const grantedScopes = ({ client, user, scopes }: Pick<AccessTokenAsk, 'client' | 'user' | 'scopes'>): Scope[] =>
  intersect(effectiveScopes(scopes, user), client.scopes)

export type AccessTokenAsk = {
  client: Pick<Client, 'id' | 'name' | 'scopes' | 'policy'>
  user?: User
  grantId?: string
  scopes: string[]
  resources: ResourceServer[]
  /** Place in the revocation log at which the claims were true; later entries say what changed. */
  place: LogPlace
}
