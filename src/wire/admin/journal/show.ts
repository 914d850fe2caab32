import type { z } from 'zod'
import type { StoredJournalEntry } from '../../../model/journal.ts'
import type * as contract from '../contract.ts'
import type { Names } from '../names.ts'
import { seconds } from '../times.ts'

export const showEntry = (entry: StoredJournalEntry, names: Names): z.infer<typeof contract.journalEntry> => ({
  id: String(entry.id),
  at: seconds(entry.at),
  event: entry.event,
  about: entry.about,
  about_id: entry.aboutId ?? null,
  actor: names.actor(entry.actor),
  user_id: entry.userId ?? null,
  client_id: entry.clientId ?? null,
  credential_id: entry.credentialId ?? null,
  reason: entry.reason ?? null,
  request_id: entry.requestId ?? null,
  ip: entry.ip ?? null,
  detail: entry.detail ?? null,
})
