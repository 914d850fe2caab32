import type { Client, NewClient } from '../model/clients/client.ts'
import type { ClientDocument } from '../model/clients/client-document.ts'
import type { JournalEntry } from '../model/journal.ts'

/** The fields of a client that its document can change. */
export type DocumentClient = Pick<
  Client,
  'name' | 'redirectUris' | 'type' | 'grantTypes' | 'scopes' | 'policy' | 'metadata' | 'website' | 'identityChangedAt'
> & {
  /** Clears the review, because staff reviewed the application before this change. */
  reviewedAt?: null
}

export type ClientDocumentStore = {
  byClient(clientId: string): Promise<ClientDocument | undefined>
  byClients(clientIds: readonly string[]): Promise<ClientDocument[]>
  /**
   * Stores a client with its document. Above `most` documents, deletes those that were read longest ago and have no
   * grant. `full`: none of them could be deleted. `taken`: another process was first.
   */
  adopt(
    client: NewClient,
    document: ClientDocument,
    most: number,
    entry: JournalEntry,
  ): Promise<'adopted' | 'taken' | 'full'>
  /**
   * Stores the result of an attempt, unless another attempt was stored after `before`. `entry`: for a result that the
   * journal records.
   */
  note(before: ClientDocument, after: ClientDocument, entry?: JournalEntry): Promise<void>
  /** Like `note`, but also changes the client. Returns false if another attempt was stored after `before`. */
  change(before: ClientDocument, after: ClientDocument, client: DocumentClient, entry: JournalEntry): Promise<boolean>
}
