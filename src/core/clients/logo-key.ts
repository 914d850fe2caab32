import type { Client } from '../../model/clients/client.ts'
import type { World } from '../world.ts'

/**
 * The key in the address of a client's logo. Only this server can make the key, so strangers can neither list clients
 * nor use the server as an open proxy.
 */
export const logoKey = (needs: Pick<World, 'vault'>, client: Client): string | undefined =>
  client.metadata.logoUri === undefined ? undefined : keyOfLogo(needs, client)

/** Another logo address gives another key, so browsers may keep the picture. */
export const keyOfLogo = (needs: Pick<World, 'vault'>, { number, metadata: { logoUri = '' } }: Client): string =>
  `${number}-${needs.vault.mac('client logo', `${number} ${logoUri}`)}`
