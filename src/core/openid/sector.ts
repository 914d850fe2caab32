import type { Client } from '../../model/client.ts'
import { Refusal } from '../../model/refusal.ts'
import { isLoopback } from '../clients/client-rules.ts'
import type { World } from '../world.ts'

/* The sector of a pairwise client (OpenID Connect Core section 8.1): clients of one sector get the same subjects. */

/** A host, or the id of a client that has none. */
export function sectorOf({ id, redirectUris, metadata }: Pick<Client, 'id' | 'redirectUris' | 'metadata'>): string {
  // A client that is named by its document belongs to the host of that.
  if (id.startsWith('https://')) return new URL(id).host
  if (metadata.sectorIdentifierUri !== undefined) return new URL(metadata.sectorIdentifierUri).host
  return hostsOf(redirectUris)[0] ?? id
}

/** Hosts that other machines reach; a loopback address or a private scheme is no place of its own. */
const hostsOf = (uris: readonly string[]): string[] => [
  ...new Set(
    uris.flatMap(uri => {
      if (!/^https?:/i.test(uri)) return []
      const { host, hostname } = new URL(uri)
      return isLoopback(hostname) ? [] : [host]
    }),
  ),
]

const MOST_BYTES = 65_536

/**
 * Refuses a client whose sector is not clear: several hosts without a document of the sector, or a document that does not list
 * every redirect address (section 8.1, OpenID Connect Registration section 5). For every registration and change of one.
 */
export async function checkSector(needs: SectorNeeds, client: SectorClient): Promise<void> {
  const { redirectUris, metadata } = client
  const { sectorIdentifierUri: uri } = metadata
  if (uri === undefined) {
    if (metadata.subjectType === 'pairwise' && hostsOf(redirectUris).length > 1)
      throw unfit('Redirect addresses of several hosts need a sector_identifier_uri, where subject_type is pairwise.')
    return
  }
  const listed = listIn(await needs.clientFiles.read(uri, client, MOST_BYTES))
  if (!listed)
    throw unfit('The document at sector_identifier_uri cannot be read; it must be a JSON array of addresses.')
  const missing = redirectUris.find(one => !listed.includes(one))
  if (missing !== undefined) throw unfit(`The document at sector_identifier_uri does not list ${missing}.`)
}

function listIn(text: string | undefined): unknown[] | undefined {
  try {
    const list: unknown = JSON.parse(text ?? '')
    return Array.isArray(list) ? list : undefined
  } catch {
    return undefined
  }
}

const unfit = (sentence: string): Refusal =>
  new Refusal('client-metadata-unfit', sentence, { parameter: 'sector_identifier_uri', sentence })

type SectorClient = Pick<Client, 'redirectUris' | 'metadata' | 'source'>
export type SectorNeeds = Pick<World, 'clientFiles'>
