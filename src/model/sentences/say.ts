/** A word that names a thing: pages show it as a link, terminals as text. `code`: a scope or a route. */
export type Mention = { text: string; is: 'user' | 'client' | 'credential' | 'api' | 'code'; id?: string }
export type Part = string | Mention
export type Sentence = readonly Part[]
export type Piece = Part | Sentence | undefined

/** Builds a sentence: say`${who} made ${what}`. */
export function say(texts: TemplateStringsArray, ...pieces: readonly Piece[]): Sentence {
  const parts: Part[] = []
  const add = (part: Part) => {
    const last = parts.at(-1)
    if (part === '') return
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part
    else parts.push(part)
  }
  texts.forEach((text, i) => {
    add(text)
    const piece = pieces[i]
    if (piece === undefined) return
    if (typeof piece === 'string' || 'is' in piece) add(piece)
    else piece.forEach(add)
  })
  return parts
}

/** Capitalizes the first word, unless it is a name. */
export function capital(sentence: Sentence): Sentence {
  const [first, ...others] = sentence
  return typeof first === 'string' ? [first.charAt(0).toUpperCase() + first.slice(1), ...others] : sentence
}

/** Returns scopes or similar codes, separated by commas. */
export const codes = (texts: readonly string[]): Sentence =>
  texts.flatMap((text, i): Part[] => [...(i === 0 ? [] : [', ']), { text, is: 'code' }])

export const plainSentence = (sentence: Sentence): string =>
  sentence.map(part => (typeof part === 'string' ? part : part.is === 'code' ? `\`${part.text}\`` : part.text)).join('')
