import { sameText } from '../../crypto/vault.ts'
import type { Client } from '../../model/clients/client.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act } from '../../model/users/actor.ts'
import type { Logo } from '../services/client-logos.ts'
import type { World } from '../world.ts'
import { keyOfLogo } from './logo-key.ts'

/** Finds the logo that has this key. */
export async function findLogo(needs: Needs, _act: Act, { key }: { key: string }): Promise<Logo> {
  const number = Number(/^(\d{1,15})-/.exec(key)?.[1])
  const client = Number.isNaN(number) ? undefined : await needs.lookups.clientNumbered(number)
  const uri = client && addressesOf(client).find(one => sameText(keyOfLogo(needs, client, one), key))
  if (!client || uri === undefined) throw new Refusal('not-found', 'no logo has this address')
  const logo = await needs.clientLogos.at(uri, client)
  if (!logo) throw new Refusal('not-found', `${client.id} has no logo that can be shown`)
  return logo
}

const addressesOf = ({ metadata: { logoUri, logoUris } }: Client): string[] => [
  ...(logoUri === undefined ? [] : [logoUri]),
  ...Object.values(logoUris ?? {}),
]

type Needs = Pick<World, 'lookups' | 'vault' | 'clientLogos'>
