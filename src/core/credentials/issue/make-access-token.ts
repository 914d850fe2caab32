import { hintOf, jwtLookup, orderedId, randomId } from '../../../crypto/credential-format.ts'
import type { Client, ResourceServer } from '../../../model/clients/client.ts'
import type { Credential, Grant } from '../../../model/credentials/credential.ts'
import { LONGEST_STATED, type Statement } from '../../../model/credentials/statement.ts'
import { type LogPlace, NOWHERE } from '../../../model/credentials/validity.ts'
import { SECOND } from '../../../model/span.ts'
import { isManagementScope, type User } from '../../../model/users/user.ts'
import { isPairwise, subjectFor } from '../../openid/subject.ts'
import type { World } from '../../world.ts'
import { grantedScopes } from './granted-scopes.ts'
import { type CredentialFields, makeCredential, type NewCredential } from './make-credential.ts'

/**
 * Makes an access token: opaque, or a JWT (RFC 9068) if its only resource server wants JWTs. A token of at most one day
 * carries its own record and is not stored (`stated`); a longer one gets a row.
 */
export function makeAccessToken(needs: AccessTokenNeeds, ask: AccessTokenAsk): NewCredential {
  const { client, user, grant, scopes, resources, until = Number.POSITIVE_INFINITY } = ask
  const now = needs.now()
  const audience = resources.map(resource => resource.audience)
  const [only, ...others] = resources
  const asJwt = only?.tokenFormat === 'jwt' && others.length === 0 && !ask.boundToNetworks
  // A JWT must have an end (RFC 9068 section 2.2), even if the client's policy sets none for opaque tokens.
  const seconds = client.policy.accessTokenSeconds ?? (asJwt ? (needs.rules.policy.accessTokenSeconds ?? 3600) : null)
  const fields: CredentialFields<'access-token'> = { clientId: client.id, scopes, audience, createdAt: now }
  if (user) fields.userId = user.id
  if (grant) fields.grantId = grant.id
  const end = Math.min(seconds === null ? until : now + seconds * SECOND, until)
  if (end === Number.POSITIVE_INFINITY) return makeCredential(needs, 'access-token', fields)

  const expiresAt = end
  const ending = { ...fields, expiresAt }
  const mayBeStated = fitsStatement(needs, ask, expiresAt)
  if (asJwt) {
    const jti = mayBeStated ? randomId() : orderedId()
    const lookedUpBy = jwtLookup(jti)
    const id = mayBeStated ? jti : needs.vault.fingerprint(lookedUpBy).slice(0, 24)
    const epoch = mayBeStated ? { client_epoch: client.epoch } : {}
    const secret = needs.signer.sign('at+jwt', { ...claimsOf(needs, ask, { now, expiresAt, jti, id }), ...epoch })
    if (mayBeStated) return statedAs(id, secret, ending)
    return makeCredential(needs, 'access-token', { ...ending, secret, lookedUpBy })
  }
  const statement = mayBeStated && statementOf(ask, now, expiresAt)
  const secret = statement && needs.statements.seal(statement)
  return secret ? statedAs(statement.id, secret, ending) : makeCredential(needs, 'access-token', ending)
}

/**
 * True if the token needs no row. Tokens with management scopes need one, because they are listed and ended one by one.
 * Tokens that a user makes without a grant, and tokens that end at or before the floor, also need one.
 */
function fitsStatement(needs: AccessTokenNeeds, { user, grant, scopes }: AccessTokenAsk, expiresAt: number): boolean {
  return (
    needs.statements.inUse() &&
    expiresAt - needs.now() <= LONGEST_STATED &&
    expiresAt > needs.ended.floor() &&
    !scopes.some(isManagementScope) &&
    (user === undefined || grant !== undefined)
  )
}

/**
 * Omits scopes and audience that equal those of the grant, because a grant does not change. A client changes, so without a
 * grant they are always included.
 */
function statementOf({ client, grant, scopes, resources }: AccessTokenAsk, now: number, expiresAt: number): Statement {
  const audience = resources.map(resource => resource.audience)
  const statement: Statement = {
    id: randomId(),
    issuedAt: now,
    expiresAt,
    of: grant ? { grantId: grant.id } : { clientNumber: client.number },
    clientEpoch: client.epoch,
  }
  if (!grant || !same(grant.scopes, scopes)) statement.scopes = [...scopes]
  if (!same(grant?.audience ?? [], audience)) statement.audience = audience
  return statement
}

const same = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((item, i) => item === other[i])

const statedAs = (id: string, secret: string, fields: CredentialFields<'access-token'>): NewCredential => ({
  secret,
  credential: {
    audience: [],
    createdAt: 0,
    ...fields,
    id,
    fingerprint: '',
    kind: 'access-token',
    stated: true,
    hint: hintOf(secret),
    data: {},
  } as Credential<'access-token'>,
})

function claimsOf(
  needs: Pick<World, 'rules' | 'vault'>,
  ask: AccessTokenAsk,
  { now, expiresAt, jti, id }: { now: number; expiresAt: number; jti: string; id: string },
) {
  const { client, user, grant, resources, place } = ask
  return {
    iss: needs.rules.issuer,
    sub: user ? subjectFor(needs, client, user) : client.id,
    aud: resources[0]?.audience,
    client_id: client.id,
    // A guard that checks JWTs offline sees only these scopes.
    scope: grantedScopes(ask).join(' '),
    iat: Math.floor(now / SECOND),
    exp: Math.floor(expiresAt / SECOND),
    jti,
    client_name: client.name,
    // Names would link the subjects of a pairwise client (OpenID Connect Core section 8.1); an API asks the server for them.
    ...(user && !isPairwise(client) && { username: user.handle, user_number: user.number }),
    credential_id: id,
    ...(grant && { grant_id: grant.id }),
    ...(place !== NOWHERE && { feed_position: place.seq, feed_incarnation: place.incarnation }),
  }
}

export type AccessTokenAsk = {
  client: Pick<Client, 'id' | 'name' | 'number' | 'epoch' | 'scopes' | 'policy' | 'redirectUris' | 'metadata'>
  user?: User
  /** The grant that allows the token. */
  grant?: Pick<Grant, 'id' | 'scopes' | 'audience'>
  scopes: string[]
  resources: ResourceServer[]
  /** The expiry of the key from which the grant was made. */
  until?: number
  /**
   * The token may be used from some networks only. It is then opaque, because guards check a JWT without the server,
   * and only the server knows the networks.
   */
  boundToNetworks?: boolean
  /** The place in the revocation log at which the claims were true. Later entries contain the changes since. */
  place: LogPlace
}
export type AccessTokenNeeds = Pick<World, 'vault' | 'now' | 'signer' | 'rules' | 'statements' | 'ended'>
