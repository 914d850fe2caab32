import type { Client } from '../../model/clients/client.ts'
import type { ByLanguage } from '../../model/clients/client-metadata.ts'
import type { World } from '../world.ts'

/** The keys of a client's logos: of the one for every language, and of those for single languages. */
export type LogoKeys = { logo?: string; logos?: ByLanguage }

/**
 * The keys in the addresses of a client's logos. Only this server can make a key, so strangers can neither list clients
 * nor use the server as an open proxy.
 */
export function logoKeys(needs: Pick<World, 'vault'>, client: Client): LogoKeys {
  const { logoUri, logoUris } = client.metadata
  const translated = Object.entries(logoUris ?? {}).map(([tag, uri]) => [tag, keyOfLogo(needs, client, uri)])
  return {
    ...(logoUri !== undefined && { logo: keyOfLogo(needs, client, logoUri) }),
    ...(translated.length > 0 && { logos: Object.fromEntries(translated) }),
  }
}

/** Another logo address gives another key, so browsers may keep the picture. */
export const keyOfLogo = (needs: Pick<World, 'vault'>, { number }: Client, uri: string): string =>
  `${number}-${needs.vault.mac('client logo', `${number} ${uri}`)}`
