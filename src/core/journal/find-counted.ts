import type { Client } from '../../model/clients/client.ts'
import { type CountedBy, readCountedBy } from '../../model/credentials/counted-by.ts'
import type { Credential, Grant } from '../../model/credentials/credential.ts'
import type { World } from '../world.ts'

/** Finds the credential, grant or client that a count is about; undefined if it was deleted. */
export async function findCounted(needs: Needs, by: CountedBy): Promise<Counted | undefined> {
  const what = readCountedBy(by)
  if ('credentialId' in what) {
    const credential = await needs.credentials.byId(what.credentialId)
    return credential && { is: 'credential', credential }
  }
  if ('clientId' in what) {
    const client = await needs.clients.byId(what.clientId)
    return client && { is: 'client', client }
  }
  const grant = await needs.grants.byId(what.grantId)
  return grant && { is: 'grant', grant }
}

export type Counted =
  | { is: 'credential'; credential: Credential }
  | { is: 'grant'; grant: Grant }
  | { is: 'client'; client: Client }
type Needs = Pick<World, 'credentials' | 'grants' | 'clients'>
