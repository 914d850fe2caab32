import { LONGEST_FIELD } from '../model/field.ts'
import { Refusal } from '../model/refusal.ts'

/** Parameters as they stood in a query or a body: a list where a name came more than once. */
export type RawParams = Record<string, string | string[]>

export const tooLong = (name: string): Refusal =>
  new Refusal('parameter-invalid', `${name} is too long`, {
    parameter: name,
    sentence: `The parameter ${name} is longer than ${LONGEST_FIELD} characters.`,
  })

/**
 * Parameters of a form, a query or a flat JSON object, with the rules of RFC 6749 section 3.1: an empty value counts as
 * absent, an unknown one is ignored, and one that is read must not stand twice.
 */
export class Params {
  readonly #raw: RawParams

  constructor(raw: RawParams) {
    this.#raw = raw
  }

  /** A JSON object whose values are texts, numbers or lists of texts. */
  static fromJson(value: unknown): Params {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new Refusal('request-malformed', 'the JSON body is not an object', {
        sentence: 'The JSON body must be an object.',
      })
    const raw: RawParams = Object.create(null)
    for (const [name, field] of Object.entries(value)) {
      if (typeof field === 'string') raw[name] = field
      else if (typeof field === 'number' || typeof field === 'boolean') raw[name] = String(field)
      else if (Array.isArray(field) && field.every(item => typeof item === 'string')) raw[name] = field
      else if (field !== null) raw[name] = [] // present, but nothing that can be read as text
    }
    return new Params(raw)
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#raw, name)
  }

  /** The one value, or `undefined` when absent or empty. */
  one(name: string): string | undefined {
    const value = this.has(name) ? this.#raw[name] : undefined
    if (value === undefined) {
      // `scope[a]=b` and `scope[]=b` are other languages' arrays, not ours.
      for (const key in this.#raw)
        if (key[name.length] === '[' && key.startsWith(name))
          throw new Refusal('parameter-invalid', `array spelling of ${name}`, {
            parameter: name,
            sentence: `The parameter ${name} takes one text.`,
          })
      return undefined
    }
    if (typeof value !== 'string') {
      if (value.length > 1)
        throw new Refusal('parameter-repeated', `${name} stands ${value.length} times`, {
          parameter: name,
          sentence: `The parameter ${name} was sent more than once.`,
        })
      if (value.length === 0)
        throw new Refusal('parameter-invalid', `${name} is not a text`, {
          parameter: name,
          sentence: `The parameter ${name} takes a text.`,
        })
      return clean(name, value[0] as string)
    }
    return clean(name, value)
  }

  required(name: string): string {
    const value = this.one(name)
    if (value === undefined)
      throw new Refusal('parameter-missing', `no ${name}`, {
        parameter: name,
        sentence: `The parameter ${name} is missing.`,
      })
    return value
  }

  /** All values, for parameters that may stand several times (RFC 8707 `resource`). */
  all(name: string): string[] {
    const value = this.has(name) ? this.#raw[name] : undefined
    const values = value === undefined ? [] : typeof value === 'string' ? [value] : value
    return values.map(one => clean(name, one)).filter(one => one !== undefined)
  }

  /** All values as they stand, empty and unclean ones too: for readers with rules of their own. */
  every(name: string): readonly string[] {
    const value = this.has(name) ? this.#raw[name] : undefined
    return value === undefined ? [] : typeof value === 'string' ? [value] : value
  }

  names(): string[] {
    return Object.keys(this.#raw)
  }
}

/** NUL breaks databases and lone surrogates break encodings; neither belongs into any text. */
function clean(name: string, value: string): string | undefined {
  if (value === '') return undefined
  if (value.length > LONGEST_FIELD) throw tooLong(name)
  if (value.includes('\0') || !value.isWellFormed())
    throw new Refusal('parameter-invalid', `NUL or broken text in ${name}`, {
      parameter: name,
      sentence: `The parameter ${name} has characters that cannot be used.`,
    })
  return value
}
