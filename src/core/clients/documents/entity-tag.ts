import type { ClientDocument } from '../../../model/clients/client-document.ts'
import { DAY } from '../../../model/span.ts'
import type { OutboundAnswer } from '../../../ports/fetcher.ts'

const LONGEST = 200
/** RFC 9110 section 8.8.3, in ASCII. */
const ENTITY_TAG = /^(?:W\/)?"[\x21\x23-\x7e]*"$/

/** Reads the ETag of an answer. `undefined` if there is none, it is malformed, or it is too long to be stored. */
export const entityTagIn = ({ etag }: Readonly<Record<string, string>>): string | undefined =>
  etag !== undefined && etag.length <= LONGEST && ENTITY_TAG.test(etag) ? etag : undefined

/**
 * True if the answer says that the document still has this ETag. An answer that names another ETag does not renew the
 * stored copy (RFC 9111 section 4.3.4).
 */
export const isUnchanged = (answer: OutboundAnswer, etag: string | undefined): answer is Answered =>
  etag !== undefined &&
  answer.is === 'answer' &&
  answer.status === 304 &&
  opaque(answer.headers['etag'] ?? etag) === opaque(etag)
type Answered = OutboundAnswer & { is: 'answer' }

/** The part that the weak comparison compares (RFC 9110 section 8.8.3.2). */
const opaque = (etag: string): string => etag.replace(/^W\//, '')

/**
 * Returns the ETag with which to ask for the document again. A day after the document was read whole, it is read whole
 * again, because what is stored also depends on the settings and scopes of this server.
 */
export const askableTag = ({ version }: ClientDocument, now: number): string | undefined =>
  version && now - version.readAt < DAY ? version.etag : undefined
