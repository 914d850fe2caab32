import { sameText } from '../../crypto/vault.ts'
import type { Client } from '../../model/clients/client.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Act } from '../../model/users/actor.ts'
import type { Logo } from '../services/client-logos.ts'
import type { World } from '../world.ts'

/**
 * The key in the address of a client's logo. Only this server can make the key, so strangers can neither list clients
 * nor use the server as an open proxy.
 */
export const logoKey = (needs: Pick<World, 'vault'>, client: Client): string | undefined =>
  client.metadata.logoUri === undefined ? undefined : keyOf(needs, client)

/** Finds the logo that has this key. */
export async function findLogo(needs: Needs, _act: Act, { key }: { key: string }): Promise<Logo> {
  const number = Number(/^(\d{1,15})-/.exec(key)?.[1])
  const client = Number.isNaN(number) ? undefined : await needs.lookups.clientNumbered(number)
  if (!client || !sameText(keyOf(needs, client), key)) throw new Refusal('not-found', 'no logo has this address')
  const logo = await needs.clientLogos.of(client)
  if (!logo) throw new Refusal('not-found', `${client.id} has no logo that can be shown`)
  return logo
}

/** Another logo address gives another key, so browsers may keep the picture. */
const keyOf = (needs: Pick<World, 'vault'>, { number, metadata: { logoUri = '' } }: Client): string =>
  `${number}-${needs.vault.mac('client logo', `${number} ${logoUri}`)}`

type Needs = Pick<World, 'lookups' | 'vault' | 'clientLogos'>
