import { de } from './de.ts'
import { en, type Words } from './en.ts'

export const LANGUAGES = { en, de } as const satisfies Record<string, Words>
export type Language = keyof typeof LANGUAGES

const isLanguage = (text: string): text is Language => Object.hasOwn(LANGUAGES, text)
const baseOf = (tag: string): string => tag.trim().toLowerCase().split(/[-_]/, 1)[0] ?? ''

/**
 * Returns the first tag in a space-separated list whose language this server has (OpenID Connect Core section 3.1.2.1,
 * `ui_locales`).
 */
export const firstSpoken = (tags: string | undefined): string | undefined =>
  tags
    ?.slice(0, 500)
    .split(' ')
    .find(tag => isLanguage(baseOf(tag)))

/** Chooses the first supported language of: the query, the earlier choice, the browser's preferences. */
export function chooseLanguage(
  asked: string | undefined,
  chosen: string | undefined,
  accepted: string | undefined,
): Language {
  for (const wish of [asked, chosen, ...byPreference(accepted ?? '')]) {
    const language = baseOf(wish ?? '')
    if (isLanguage(language)) return language
  }
  return 'en'
}

/** RFC 9110 section 12.5.4: `de-CH, en;q=0.8`. */
function byPreference(accepted: string): string[] {
  return accepted
    .slice(0, 500)
    .split(',')
    .map(part => {
      const [range = '', ...parameters] = part.split(';')
      const quality = parameters.map(one => /^\s*q=([\d.]{1,5})\s*$/.exec(one)?.[1]).find(one => one !== undefined)
      return { range, weight: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ range }) => range)
}
