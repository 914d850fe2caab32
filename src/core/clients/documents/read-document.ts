import type { DocumentTrouble } from '../../../model/clients/client-document.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { repeatedMember } from '../../../model/repeated-member.ts'
import type { OutboundAnswer } from '../../../ports/fetcher.ts'
import { MOST_DOCUMENT_BYTES } from '../../services/document-reader.ts'
import { type ClientRegistration, readClientMetadata } from '../metadata/read-metadata.ts'
import { freshFor } from './cache-time.ts'
import { entityTagIn } from './entity-tag.ts'

const DEEPEST = 10

export type ReadDocument =
  | { is: 'read'; registration: ClientRegistration; freshFor: number; etag: string | undefined }
  | DocumentTrouble

/** Reads the document in an answer, or returns why the answer is not a usable document. */
export function readDocument(clientId: string, answer: OutboundAnswer, now: number): ReadDocument {
  if (answer.is === 'unreachable' || answer.is === 'busy')
    return { ...unreachable('The server of the document cannot be reached.'), why: answer.why }
  if (answer.is === 'not-allowed')
    return {
      ...unfit('The document does not lie at an address of the public internet, so this server does not ask for it.'),
      why: answer.why,
    }
  if (answer.is === 'too-large') return unfit(`The document is longer than ${MOST_DOCUMENT_BYTES} bytes.`)
  const { status, headers, body } = answer
  if (status === 404 || status === 410)
    return { is: 'withdrawn', sentence: `There is no document at its address (status ${status}).` }
  if (status >= 500 || status === 408 || status === 429)
    return unreachable(`The server of the document is down (status ${status}).`)
  if (status === 304) return unreachable('The server of the document did not send it (status 304).')
  if (status >= 300 && status < 400)
    return unfit('The address of the document leads elsewhere; redirects are not followed.')
  if (status !== 200) return unfit(`The document was answered with the status ${status} instead of 200.`)
  if (!isJson(headers['content-type'] ?? ''))
    return unfit('The document has another Content-Type than application/json or application/*+json.')
  try {
    const registration = readFields(clientId, parse(body))
    return { is: 'read', registration, freshFor: freshFor(headers, now), etag: entityTagIn(headers) }
  } catch (error) {
    if (error instanceof Refusal) return unfit(`The document is unfit: ${error.text}`)
    throw error
  }
}

const unreachable = (sentence: string): DocumentTrouble => ({ is: 'unreachable', sentence })
const unfit = (sentence: string): DocumentTrouble => ({ is: 'unfit', sentence })
const faulty = (sentence: string): Refusal => new Refusal('client-document-unfit', sentence, { sentence })

const isJson = (type: string): boolean => /^application\/(?:[\w.!#$&^-]+\+)?json\s*(?:;|$)/i.test(type.trim())

function parse(body: Uint8Array): Record<string, unknown> {
  let value: unknown
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body)
    value = JSON.parse(text)
  } catch {
    throw faulty('It is no JSON.')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw faulty('It must be a JSON object.')
  if (isDeeperThan(DEEPEST, value)) throw faulty(`It is nested deeper than ${DEEPEST} levels.`)
  const repeated = repeatedMember(text)
  if (repeated !== undefined) throw faulty(`An object in it has the member ${repeated.slice(0, 100)} twice.`)
  return value as Record<string, unknown>
}

const isDeeperThan = (levels: number, value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some(inner => isDeeperThan(levels - 1, inner)))

/** Checks the rules for documents (section 4.1 of the draft), in addition to the rules for all metadata. */
function readFields(clientId: string, document: Record<string, unknown>): ClientRegistration {
  if (document['client_id'] !== clientId)
    throw faulty('Its client_id must be the very address at which it lies, character by character.')
  for (const secret of ['client_secret', 'client_secret_expires_at'])
    if (secret in document) throw faulty(`It must have no ${secret}: everybody can read it.`)
  const { client_name: name, redirect_uris: redirectUris } = document
  if (typeof name !== 'string') throw faulty('It needs a client_name.')
  if (!Array.isArray(redirectUris) || redirectUris.length === 0) throw faulty('It needs redirect_uris.')
  const hasKeys = 'jwks' in document || 'jwks_uri' in document
  const { token_endpoint_auth_method: method = hasKeys ? 'private_key_jwt' : 'none' } = document
  if (method !== 'none' && method !== 'private_key_jwt')
    throw faulty('Its token_endpoint_auth_method must be none or private_key_jwt.')
  return readClientMetadata({ ...document, token_endpoint_auth_method: method })
}
