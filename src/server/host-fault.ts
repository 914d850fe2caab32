import type { IncomingMessage } from 'node:http'
import { Refusal } from '../model/refusal.ts'
import { countHeader } from './read-request.ts'

/** RFC 9112 section 3.2: exactly one Host that can be read, or the request could mean two servers. HTTP/1.0 needs none. */
export function hostFault({ headers: { host }, rawHeaders, httpVersion }: IncomingMessage): Refusal | undefined {
  if (host === undefined) return httpVersion === '1.0' ? undefined : fault('The header Host is missing.')
  if (countHeader(rawHeaders, 'host') > 1) return fault('The header Host was sent more than once.')
  return NO_HOST.test(host) ? fault('The header Host cannot be read.') : undefined
}

const NO_HOST = /[\s/?#@\\,]/
const fault = (sentence: string): Refusal => new Refusal('request-malformed', sentence, { sentence })
