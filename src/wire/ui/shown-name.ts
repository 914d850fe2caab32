import type { Client } from '../../model/clients/client.ts'
import { inLanguage } from '../../model/clients/client-metadata.ts'
import type { Frame } from './page-request.ts'

/*
 * Makes names safe to show, because strangers choose them. Most interfaces refuse these characters now, but older rows
 * and imports may contain them. Escaping removes markup; this module handles names that imitate other text.
 */
const TRICKS = /[\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu
const FROM_RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
const [ISOLATE, END] = ['\u2068', '\u2069']

/** The name of an application in the language of the page. */
export const appName = ({ language }: Pick<Frame, 'language'>, { name, metadata }: Pick<Client, 'name' | 'metadata'>) =>
  shownName(inLanguage(metadata.names, language) ?? name)

/**
 * Returns a name for use in a sentence. Replaces invisible characters and direction marks by visible codes. Isolates a
 * name in a right-to-left script, so that the rest of the sentence keeps its direction (Unicode annex 9).
 */
export function shownName(name: string): string {
  const plain = name.replace(
    TRICKS,
    char => `[U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
  )
  return FROM_RIGHT_TO_LEFT.test(plain) ? `${ISOLATE}${plain}${END}` : plain
}
