import type { Client, NewClient } from '../model/client.ts'
import type { Credential } from '../model/credential.ts'
import type { JournalEntry } from '../model/journal.ts'
import type { RegistrationBlock } from '../model/registration-block.ts'

/** Clients that register themselves (RFC 7591). */
export type RegistrationStore = {
  /** Judges and stores in one transaction, one registration after the other, so that several at once pass no limit. */
  register(ask: NewRegistration, entry: JournalEntry): Promise<RegistrationOutcome>
  blocks(): Promise<RegistrationBlock[]>
  /** False if the block exists already. */
  block(block: RegistrationBlock, entry: JournalEntry): Promise<boolean>
  unblock(block: Pick<RegistrationBlock, 'subject' | 'value'>, entry: JournalEntry): Promise<boolean>
}

export type NewRegistration = {
  client: NewClient & Required<Pick<NewClient, 'origin'>>
  /** With which the client manages its registration; absent for a client that others may share. */
  token?: Credential<'registration-token'>
  /** Fingerprint of the initial access token. The registration takes one of its uses. */
  initialToken?: string
  /** A registration gets an equal client of the same network that is not older than this, in milliseconds. */
  sharedWithin: number
  limits?: RegistrationLimits
}

/** How many clients that were never used may have been registered in a time, in milliseconds. */
export type RegistrationLimits = {
  network: { most: number; within: number }
  area: { most: number; within: number }
  /** Above this number, an area with such a client is refused, and an area without one is not. */
  all: { most: number; within: number }
}

export type RegistrationOutcome =
  | { is: 'registered' | 'shared'; client: Client }
  | { is: 'network-full' | 'area-full' | 'busy'; within: number }
  | { is: 'token-spent' }
