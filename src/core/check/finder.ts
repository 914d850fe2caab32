import type { CredentialFacts } from '../../ports/stores.ts'

/**
 * One way in which a presented text stands for a credential. The list is given where the server is composed; the check
 * asks in its order and takes the first answer.
 */
export type Finder = {
  /** By its shape alone, before anything is looked up. */
  fits(secret: string): boolean
  /** `credential-unknown` ends the search: the text is of this kind, and stands for nothing. */
  find(secret: string): Promise<CredentialFacts | 'credential-unknown' | undefined>
  /** `adopts`: stores a credential when it is found for the first time. All others only read. */
  writes?: 'adopts'
}
