import type { Client } from '../../model/clients/client.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { isLoopback } from '../clients/redirect-uri.ts'
import type { World } from '../world.ts'

/*
 * The sector of a pairwise client (OpenID Connect Core section 8.1): all clients of one sector know a person by the
 * same subject.
 */

/** Returns the host of the sector, or the id of the client if there is no such host. */
export function sectorOf({ id, redirectUris, metadata }: Pick<Client, 'id' | 'redirectUris' | 'metadata'>): string {
  // If the client has a metadata document, its sector is the host of the document.
  if (id.startsWith('https://')) return new URL(id).host
  if (metadata.sectorIdentifierUri !== undefined) return new URL(metadata.sectorIdentifierUri).host
  return hostsOf(redirectUris)[0] ?? id
}

/** Excludes loopback addresses and private schemes, because every machine has the same ones. */
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
 * Refuses a client whose sector is not clear: several hosts without a sector document, or a sector document that does
 * not list every redirect address (section 8.1, OpenID Connect Registration section 5). Called for every registration
 * and every change of a client.
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
