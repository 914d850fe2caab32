import { hash } from 'node:crypto'
import type { Client } from '../../../model/clients/client.ts'
import type { RegistrationBlock } from '../../../model/clients/registration-block.ts'
import { inNetworks } from '../../../model/networks.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import type { World } from '../../world.ts'

/** Refuses a registration from a blocked network, and one that names a blocked host. */
export async function refuseBlocked(
  needs: Pick<World, 'registrations'>,
  ip: string | undefined,
  client: Addressed,
): Promise<void> {
  const blocks = await needs.registrations.blocks()
  const hosts = hostsOf(client)
  const block = blocks.find(({ subject, value }) =>
    subject === 'network' ? ip !== undefined && inNetworks(ip, [value]) : hosts.some(host => isOrBelow(host, value)),
  )
  if (block) throw new Refusal('registration-blocked', `${block.subject} ${block.value} is blocked`)
}

/** The id of a block in addresses, because the value of a network contains a slash. */
export const blockIdOf = ({ subject, value }: Pick<RegistrationBlock, 'subject' | 'value'>): string =>
  hash('sha256', `${subject} ${value}`).slice(0, 24)

/** True if the client came from the blocked network or names the blocked host. */
export function isConcerned(
  client: Addressed & Pick<Client, 'id' | 'origin'>,
  block: Pick<RegistrationBlock, 'subject' | 'value'>,
): boolean {
  if (block.subject === 'host')
    return hostsOf({ ...client, redirectUris: [...client.redirectUris, client.id] }).some(host =>
      isOrBelow(host, block.value),
    )
  return client.origin !== undefined && inNetworks(client.origin.network.split('/', 1)[0] as string, [block.value])
}

/** The hosts of all addresses that the client names. */
function hostsOf({ redirectUris, website, metadata }: Addressed): string[] {
  const { logoUri, policyUri, tosUri, jwksUri, sectorIdentifierUri, backchannelLogoutUri } = metadata
  const alone = [website, logoUri, policyUri, tosUri, jwksUri, sectorIdentifierUri, backchannelLogoutUri]
  const { websites, logoUris, policyUris, tosUris } = metadata
  const translated = [websites, logoUris, policyUris, tosUris].map(values => Object.values(values ?? {}))
  const lists = [redirectUris, metadata.requestUris ?? [], metadata.postLogoutRedirectUris ?? [], ...translated]
  const hosts = [...alone, ...lists.flat()].flatMap(uri =>
    uri !== undefined && URL.canParse(uri) ? [hostOf(uri)] : [],
  )
  return [...new Set(hosts)].filter(host => host !== '')
}

const hostOf = (uri: string): string => new URL(uri).hostname.toLowerCase().replace(/\.$/, '')
const isOrBelow = (host: string, blocked: string): boolean => host === blocked || host.endsWith(`.${blocked}`)

type Addressed = Pick<Client, 'redirectUris' | 'website' | 'metadata'>
