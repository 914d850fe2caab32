import type { CredentialKind } from '../../model/credentials/credential.ts'
import type { Impact } from '../../model/credentials/ending.ts'
import { missing } from '../../model/refusals/missing.ts'
import { DAY } from '../../model/span.ts'
import { type Act, nameOf } from '../../model/users/actor.ts'
import type { ImpactOf } from '../../ports/statistics.ts'
import { mayTouch, requireOperator } from '../authority.ts'
import { findClient } from '../clients/find-client.ts'
import { findGrant } from '../oauth/find-grant.ts'
import type { World } from '../world.ts'
import { findCredential } from './find-credential.ts'

/** Returns the use of the last day that an ending would stop. Changes nothing. */
export async function foreseeEnding(needs: Needs, act: Act, ask: ForeseeEnding): Promise<Impact> {
  const now = needs.now()
  const kinds = 'kinds' in ask && ask.kinds ? { kinds: ask.kinds } : {}
  return needs.statistics.impact({ ...(await chosenBy(needs, act, ask)), ...kinds }, now - DAY, now)
}

async function chosenBy(needs: Needs, act: Act, ask: ForeseeEnding): Promise<ImpactOf> {
  if (ask.of === 'everything') {
    requireOperator(act.by)
    return { all: true }
  }
  if (ask.of === 'client') return { clientId: (await findClient(needs, act, ask.id, 'clientImpact')).id }
  if (ask.of === 'user') {
    if (!mayTouch(act.by, ask.id, 'userImpact') || !(await needs.users.byId(ask.id)))
      throw missing('user', ask.id, nameOf(act.by))
    return { userId: ask.id, ...(ask.applications && { applications: ask.applications }) }
  }
  if (ask.of === 'grants') return { credentialIds: [], grantIds: await grantsOf(needs, act, ask.ids) }
  const found = []
  for (const id of ask.ids) found.push(await findCredential(needs, act, id, 'credentialImpact'))
  // Ending a refresh token also ends its family.
  const families = found.flatMap(({ kind, grantId }) => (kind === 'refresh-token' && grantId ? [grantId] : []))
  return { credentialIds: found.map(({ id }) => id), grantIds: families }
}

async function grantsOf(needs: Needs, act: Act, ids: readonly string[]): Promise<string[]> {
  const found = []
  for (const id of ids) found.push((await findGrant(needs, act, id, 'grantImpact')).id)
  return found
}

export type ForeseeEnding =
  | { of: 'credentials'; ids: readonly string[] }
  | { of: 'grants'; ids: readonly string[] }
  | { of: 'client'; id: string; kinds?: readonly CredentialKind[] }
  | { of: 'user'; id: string; kinds?: readonly CredentialKind[]; applications?: 'too' }
  | { of: 'everything' }
type Needs = Pick<World, 'statistics' | 'credentials' | 'grants' | 'clients' | 'users' | 'now'>
