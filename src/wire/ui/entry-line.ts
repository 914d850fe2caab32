import { html } from 'ghtml'
import type { StoredJournalEntry } from '../../model/journal.ts'
import type { EntryNames, EntryWords } from '../../model/sentences/entry-facts.ts'
import { sentenceOf } from '../../model/sentences/entry-sentence.ts'
import { english } from '../../model/sentences/entry-words.ts'
import type { Part, Sentence } from '../../model/sentences/say.ts'
import type { PageRequest } from './page-request.ts'
import { shownName } from './shown-name.ts'
import type { Language } from './words/choose.ts'
import { german } from './words/entry-words-de.ts'

const WORDS: Record<Language, EntryWords> = { en: english, de: german }

/** A journal entry as a sentence in a language, the same on pages, in the console and in the command line. */
export const sentenceIn = (language: Language, entry: StoredJournalEntry, names: EntryNames): Sentence =>
  sentenceOf(entry, names, WORDS[language])

/** The sentence in the page's language, as markup. */
export const entrySentence = (
  { language }: Pick<PageRequest, 'language'>,
  entry: StoredJournalEntry,
  names: EntryNames,
): string => sentenceIn(language, entry, names).map(partOf).join('')

function partOf(part: Part): string {
  if (typeof part === 'string') return html`${part}`
  const text = shownName(part.text)
  return part.is === 'code' ? html`<code>${text}</code>` : html`<bdi>${text}</bdi>`
}
