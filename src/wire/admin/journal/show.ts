import type { z } from 'zod'
import type { StoredJournalEntry } from '../../../model/journal.ts'
import type { EntryNames } from '../../../model/sentences/entry-facts.ts'
import { type Part, plainSentence } from '../../../model/sentences/say.ts'
import { sentenceIn } from '../../ui/entry-line.ts'
import type { Language } from '../../ui/words/choose.ts'
import type * as contract from '../contract.ts'
import { seconds } from '../times.ts'

export function showEntry(
  entry: StoredJournalEntry,
  names: EntryNames,
  language: Language = 'en',
): z.infer<typeof contract.journalEntry> {
  const sentence = sentenceIn(language, entry, names)
  return {
    id: String(entry.id),
    at: seconds(entry.at),
    event: entry.event,
    about: entry.about,
    about_id: entry.aboutId ?? null,
    actor: { id: entry.actor, name: nameOfActor(entry.actor, names) },
    user_id: entry.userId ?? null,
    client_id: entry.clientId ?? null,
    credential_id: entry.credentialId ?? null,
    reason: entry.reason ?? null,
    request_id: entry.requestId ?? null,
    ip: entry.ip ?? null,
    detail: entry.detail ?? null,
    sentence: plainSentence(sentence),
    parts: sentence.map(showPart),
  }
}

function nameOfActor(id: string, names: EntryNames): string | null {
  const found = [names.client(id), names.user(id)].find(one => typeof one === 'object')
  return typeof found === 'object' ? found.name : null
}

const showPart = (part: Part) =>
  typeof part === 'string' ? { text: part, is: null, id: null } : { text: part.text, is: part.is, id: part.id ?? null }
