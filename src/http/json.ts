import { LONGEST_FIELD } from '../model/field.ts'
import { Refusal } from '../model/refusals/refusal.ts'
import { tooLong } from './params.ts'

const DEEPEST_JSON = 20
const REACHING_IN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])
/** Matches one of these names, or an escape sequence that could spell one. */
const MAY_REACH_IN = /__proto__|constructor|prototype|\\/

/** Parses JSON with limits on text length and nesting, and without names that could change an object's prototype. The refusal tells the position of the fault. */
export function parseJson(text: string): unknown {
  const malformed = (why: string, position = 0): never => {
    throw new Refusal('request-malformed', why, { position, sentence: `The body is not usable JSON: ${why}.` })
  }
  if (deeperThan(DEEPEST_JSON, text)) malformed(`nested deeper than ${DEEPEST_JSON} levels`)
  try {
    // A reviver takes ten times as long, so it runs only for texts that may contain such a name.
    const value = MAY_REACH_IN.test(text)
      ? JSON.parse(text, (key, value) => (REACHING_IN.has(key) ? malformed(`the name ${key} is not allowed`) : value))
      : JSON.parse(text)
    if (text.length > LONGEST_FIELD) refuseLongTexts(value)
    return value
  } catch (error) {
    if (error instanceof Refusal) throw error
    return malformed('it cannot be parsed', positionOf(error as SyntaxError, text))
  }
}

function refuseLongTexts(value: unknown, name = 'body'): void {
  if (typeof value === 'string' && value.length > LONGEST_FIELD) throw tooLong(name)
  if (Array.isArray(value)) for (const item of value) refuseLongTexts(item, name)
  else if (typeof value === 'object' && value !== null)
    for (const [key, field] of Object.entries(value)) {
      if (key.length > LONGEST_FIELD) throw tooLong(`${key.slice(0, 40)}...`)
      refuseLongTexts(field, key)
    }
}

function deeperThan(most: number, text: string): boolean {
  // A text with fewer opening brackets than the limit cannot nest deeper than the limit.
  if (count('{', text, most) + count('[', text, most) <= most) return false
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
  return deepest > most
}

/** Counts occurrences of the character; stops beyond `enough`. */
function count(char: string, text: string, enough: number): number {
  let found = 0
  for (let at = text.indexOf(char); at >= 0 && found <= enough; at = text.indexOf(char, at + 1)) found++
  return found
}

/** Most messages of the engine contain the position. For a truncated text, the position is the end of the text. */
function positionOf(error: SyntaxError, text: string): number {
  const told = /at position (\d+)/.exec(error.message)?.[1]
  return told === undefined ? (error.message.includes('end of JSON') ? text.length : 0) : Number(told)
}
