import type { Client } from '../../../model/clients/client.ts'
import type { Credential, Grant } from '../../../model/credentials/credential.ts'
import type { Act, Oneself } from '../../../model/users/actor.ts'
import type { World } from '../../world.ts'

/** A grant that came from a key of the user, with the key and the program that acts with it. */
export type KeyGrant = { grant: Grant; key: Credential; client: Client; networks: string[] }

/** Newest first. Grants of deleted applications are not listed, because they were deleted too. */
export async function listKeyGrants(needs: Needs, act: Act<Oneself>): Promise<KeyGrant[]> {
  const grants = (await needs.grants.ofUser(act.by.user.id)).filter(({ parentId }) => parentId !== undefined)
  const [keys, networks] = await Promise.all([
    needs.credentials.byIds([...new Set(grants.flatMap(({ parentId }) => parentId ?? []))]),
    needs.usage.networksOfGrants(grants.map(({ id }) => id)),
  ])
  const found = await Promise.all(
    grants.map(async grant => {
      const client = await needs.lookups.client(grant.clientId)
      const key = keys.find(({ id }) => id === grant.parentId)
      return client && key && { grant, key, client, networks: (networks.get(grant.id) ?? []).map(one => one.network) }
    }),
  )
  return found.filter(one => one !== undefined)
}

type Needs = Pick<World, 'grants' | 'credentials' | 'lookups' | 'usage'>
