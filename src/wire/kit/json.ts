import { Refusal } from '../../model/refusal.ts'

const DEEPEST_JSON = 20

/** JSON that neither nests without end nor names what reaches into objects; says where reading stopped, if it did. */
export function parseJson(text: string): unknown {
  const malformed = (why: string, position = 0): never => {
    throw new Refusal('request-malformed', why, { position, sentence: `The body is not usable JSON: ${why}.` })
  }
  let depth = 0
  let deepest = 0
  let inText = false
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i)
    if (inText) {
      if (char === 92) i++
      else if (char === 34) inText = false
    } else if (char === 34) inText = true
    else if (char === 91 || char === 123) deepest = Math.max(deepest, ++depth)
    else if (char === 93 || char === 125) depth--
  }
  if (deepest > DEEPEST_JSON) malformed(`nested deeper than ${DEEPEST_JSON} levels`)
  try {
    return JSON.parse(text, (key, value) =>
      key === '__proto__' || key === 'constructor' || key === 'prototype'
        ? malformed(`the name ${key} is not allowed`)
        : value,
    )
  } catch (error) {
    if (error instanceof Refusal) throw error
    return malformed('it cannot be parsed', positionOf(error as SyntaxError, text))
  }
}

/** The engine tells the place of most faults in its message; at the end of a text cut short, it is the end. */
function positionOf(error: SyntaxError, text: string): number {
  const told = /at position (\d+)/.exec(error.message)?.[1]
  return told === undefined ? (error.message.includes('end of JSON') ? text.length : 0) : Number(told)
}
