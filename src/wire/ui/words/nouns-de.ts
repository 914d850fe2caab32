/** A German noun with its gender; an adjective in front stands in the form that follows "ein". */
export type Noun = readonly [word: string, gender: 'm' | 'f' | 'n']
export type Case = 'nominative' | 'accusative' | 'dative'
type Article = 'der' | 'ein' | 'Ihr'

const ENDINGS = {
  m: { nominative: '', accusative: 'en', dative: 'em' },
  f: { nominative: 'e', accusative: 'e', dative: 'er' },
  n: { nominative: '', accusative: '', dative: 'em' },
} as const
const DEFINITE = {
  m: { nominative: 'der', accusative: 'den', dative: 'dem' },
  f: { nominative: 'die', accusative: 'die', dative: 'der' },
  n: { nominative: 'das', accusative: 'das', dative: 'dem' },
} as const

/** The article and the noun: einen API-Schlüssel, Ihrem Zugriffstoken. */
export function nounWith([word, gender]: Noun, inCase: Case, article: Article): string {
  const before = article === 'der' ? DEFINITE[gender][inCase] : article + ENDINGS[gender][inCase]
  return `${before} ${word}`
}

/** The same of words with an adjective: after "einem" and "einer" that ends in -en. */
export const noun = ([word, gender]: Noun, inCase: Case, article: Article): string =>
  nounWith([inCase === 'dative' ? word.replace(/^(\p{Ll}+e)[ns]? /u, '$1n ') : word, gender], inCase, article)
