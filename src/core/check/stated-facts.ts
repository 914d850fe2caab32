import { hintOf } from '../../crypto/credential-format.ts'
import type { Client } from '../../model/client.ts'
import type { Credential } from '../../model/credential.ts'
import type { ClaimsOf } from '../../model/jwt-claims.ts'
import { parseScopes } from '../../model/scope.ts'
import type { Statement } from '../../model/statement.ts'
import type { CredentialFacts, GrantFacts } from '../../ports/stores.ts'
import type { World } from '../world.ts'

/** What an access token says that has no row, once its seal or signature was found right. A JWT names its client by id. */
export type Stated = Omit<Statement, 'of'> & { of: Statement['of'] | { clientId: string } }

/** What a JWT says; `undefined` for one that has a row: those name no epoch of their client, and another id than `jti`. */
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
 * The facts about a token without a row, as if it had one: what it says, with the grant, the client and the user of now.
 * What could not be looked up is thrown, so it is never a yes.
 */
export async function statedFacts(needs: StatedNeeds, stated: Stated, presented: string): Promise<CredentialFacts> {
  const state = await needs.ended.stateOf({ id: stated.id, endsAt: stated.expiresAt })
  let behind = await factsBehind(needs, stated)
  if (isAhead(stated, behind)) {
    // Of an epoch that is not known here: all of the client was ended a moment ago, or the database lost that.
    await needs.lookups.follow()
    behind = await factsBehind(needs, stated)
  }
  const { client, grant } = behind
  const credential: Credential<'access-token'> = {
    id: stated.id,
    fingerprint: '',
    kind: 'access-token',
    stated: true,
    hint: hintOf(presented),
    scopes: stated.scopes ?? grant?.scopes ?? [],
    audience: stated.audience ?? grant?.audience ?? [],
    createdAt: stated.issuedAt,
    // Expired by the floor is expired by every clock.
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
