import type { Client, NewClient } from '../model/client.ts'
import type { ClientDocument } from '../model/client-document.ts'
import type { JournalEntry } from '../model/journal.ts'

/** What a document may decide about its client. */
export type DocumentClient = Pick<
  Client,
  'name' | 'redirectUris' | 'type' | 'grantTypes' | 'scopes' | 'policy' | 'metadata' | 'website' | 'identityChangedAt'
> & {
  /** It is another application than the one that staff reviewed. */
  reviewedAt?: null
}

export type ClientDocumentStore = {
  byClient(clientId: string): Promise<ClientDocument | undefined>
  byClients(clientIds: readonly string[]): Promise<ClientDocument[]>
  /**
   * Stores a client with its document. Beyond `most` documents the one asked for longest ago that nobody allowed anything
   * makes room. `taken`: another process was first.
   */
  adopt(
    client: NewClient,
    document: ClientDocument,
    most: number,
    entry: JournalEntry,
  ): Promise<'adopted' | 'taken' | 'full'>
  /** Notes how an attempt ended, unless another attempt was noted since `before`; then nothing happens. An entry where it is news. */
  note(before: ClientDocument, after: ClientDocument, entry?: JournalEntry): Promise<void>
  /** The same, with a client that the document changed. False: another attempt was noted since. */
  change(before: ClientDocument, after: ClientDocument, client: DocumentClient, entry: JournalEntry): Promise<boolean>
}
