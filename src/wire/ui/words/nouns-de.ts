/** A German noun with its gender. An adjective before it has the form after "ein". */
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

/** The noun with its article: "einen API-Schlüssel", "Ihrem Zugriffstoken". */
export function nounWith([word, gender]: Noun, inCase: Case, article: Article): string {
  const before = article === 'der' ? DEFINITE[gender][inCase] : article + ENDINGS[gender][inCase]
  return `${before} ${word}`
}

/** Like `nounWith`, and gives an adjective before the noun the ending -en in the dative. */
export const noun = ([word, gender]: Noun, inCase: Case, article: Article): string =>
  nounWith([inCase === 'dative' ? word.replace(/^(\p{Ll}+e)[ns]? /u, '$1n ') : word, gender], inCase, article)
