import type { Client, NewClient } from '../model/clients/client.ts'
import type { RegistrationBlock } from '../model/clients/registration-block.ts'
import type { Credential } from '../model/credentials/credential.ts'
import type { JournalEntry } from '../model/journal.ts'

/** Clients that register themselves (RFC 7591). */
export type RegistrationStore = {
  /**
   * Checks the limits and stores the client in one transaction. Registrations run one after the other, so that
   * simultaneous ones cannot exceed a limit.
   */
  register(ask: NewRegistration, entry: JournalEntry): Promise<RegistrationOutcome>
  blocks(): Promise<RegistrationBlock[]>
  /** False if the block exists already. */
  block(block: RegistrationBlock, entry: JournalEntry): Promise<boolean>
  unblock(block: Pick<RegistrationBlock, 'subject' | 'value'>, entry: JournalEntry): Promise<boolean>
}

export type NewRegistration = {
  client: NewClient & Required<Pick<NewClient, 'origin'>>
  /** The token with which the client manages its registration; absent for a client that others may share. */
  token?: Credential<'registration-token'>
  /** Fingerprint of the initial access token. The registration takes one of its uses. */
  initialToken?: string
  /** A registration gets an equal client of the same network if that client is not older than this, in milliseconds. */
  sharedWithin: number
  limits?: RegistrationLimits
}

/** At most `most` clients that were never used may register within `within` milliseconds. */
export type RegistrationLimits = {
  network: { most: number; within: number }
  area: { most: number; within: number }
  /** Above this number, only the areas that registered such a client are refused. */
  all: { most: number; within: number }
}

export type RegistrationOutcome =
  | { is: 'registered' | 'shared'; client: Client }
  | { is: 'network-full' | 'area-full' | 'busy'; within: number }
  | { is: 'token-spent' }
