import type { CredentialFacts } from '../../ports/stores.ts'

/**
 * Finds the credential for one form of presented text. The composition of the server lists the finders; the check asks
 * them in order and takes the first result.
 */
export type Finder = {
  /** Decides by the shape of the text alone, without a look-up. */
  fits(secret: string): boolean
  /** `credential-unknown` ends the search: the text has this finder's form but matches no credential. */
  find(secret: string): Promise<CredentialFacts | 'credential-unknown' | undefined>
  /** `adopts`: the finder stores a credential when it first finds it. A finder without this field only reads. */
  writes?: 'adopts'
}
