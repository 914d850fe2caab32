import { hintOf } from '../../crypto/credential-format.ts'
import type { Client } from '../../model/clients/client.ts'
import type { Credential } from '../../model/credentials/credential.ts'
import type { ClaimsOf } from '../../model/credentials/jwt-claims.ts'
import type { Statement } from '../../model/credentials/statement.ts'
import { parseScopes } from '../../model/scopes/scope.ts'
import type { CredentialFacts, GrantFacts } from '../../ports/stores.ts'
import type { World } from '../world.ts'

/** The claims of an access token without a row, after its seal or signature was verified. A JWT names its client by id. */
export type Stated = Omit<Statement, 'of'> & { of: Statement['of'] | { clientId: string } }

/**
 * Returns the claims of a JWT without a row. A JWT with a row has no client epoch, or a credential id other than `jti`;
 * then returns undefined.
 */
export function statedBy(claims: ClaimsOf<'at+jwt'>): Stated | undefined {
  if (claims.client_epoch === undefined || claims.credential_id !== claims.jti) return undefined
  return {
    id: claims.jti,
    issuedAt: claims.iat * 1000,
    expiresAt: claims.exp * 1000,
    of: claims.grant_id === undefined ? { clientId: claims.client_id } : { grantId: claims.grant_id },
    clientEpoch: claims.client_epoch,
    scopes: parseScopes(claims.scope),
    audience: [claims.aud].flat(),
  }
}

/**
 * Returns the facts of a token without a row in the form of a stored one: its claims, with the current grant, client and
 * user. A failed look-up throws, so it never accepts the token.
 */
export async function statedFacts(needs: StatedNeeds, stated: Stated, presented: string): Promise<CredentialFacts> {
  const state = await needs.ended.stateOf({ id: stated.id, endsAt: stated.expiresAt })
  let behind = await factsBehind(needs, stated)
  if (isAhead(stated, behind)) {
    // The epoch of the token is newer than the known one: the client's tokens were ended just now, or the database was
    // restored.
    await needs.lookups.follow()
    behind = await factsBehind(needs, stated)
  }
  const { client, grant } = behind
  const credential: Credential<'access-token'> = {
    id: stated.id,
    fingerprint: '',
    kind: 'access-token',
    stated: true,
    clientEpoch: stated.clientEpoch,
    hint: hintOf(presented),
    scopes: stated.scopes ?? grant?.scopes ?? [],
    audience: stated.audience ?? grant?.audience ?? [],
    createdAt: stated.issuedAt,
    // A token that ends at or before the floor is expired, even if the clock is wrong.
    expiresAt: state === 'expired' ? Math.min(stated.expiresAt, needs.now()) : stated.expiresAt,
    data: {},
  }
  if (client) credential.clientId = client.id
  if ('grantId' in stated.of) credential.grantId = stated.of.grantId
  if (grant?.userId !== undefined) credential.userId = grant.userId
  const facts: CredentialFacts = { credential, ...behind }
  if (state === 'ended') facts.ended = 'by-itself'
  else if (!client || client.epoch !== stated.clientEpoch) facts.ended = 'with-its-client'
  return facts
}

async function factsBehind({ lookups }: StatedNeeds, { of }: Stated): Promise<Partial<GrantFacts>> {
  if ('grantId' in of) return (await lookups.ofGrant(of.grantId)) ?? {}
  const client = 'clientId' in of ? await lookups.client(of.clientId) : await lookups.clientNumbered(of.clientNumber)
  return client ? { client } : {}
}

const isAhead = ({ clientEpoch }: Stated, { client }: { client?: Pick<Client, 'epoch'> }): boolean =>
  client !== undefined && client.epoch < clientEpoch

export type StatedNeeds = {
  now: World['now']
  ended: Pick<World['ended'], 'stateOf'>
  lookups: Pick<World['lookups'], 'client' | 'clientNumbered' | 'ofGrant' | 'follow'>
}
