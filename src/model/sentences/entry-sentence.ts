import type { JournalEntry } from '../journal.ts'
import { type EntryNames, type EntryWords, factsOf } from './entry-facts.ts'
import { english } from './entry-words.ts'
import { capital, type Sentence } from './say.ts'

/**
 * Returns an entry of the journal as a sentence with names, for the console, the portal, the account, the management
 * API and the command line. The German words are in wire/ui/words.
 */
export const sentenceOf = (entry: JournalEntry, names: EntryNames, words: EntryWords = english): Sentence =>
  capital(words[entry.event](factsOf(entry, names)))
