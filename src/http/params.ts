import { LONGEST_FIELD } from '../model/field.ts'
import { Refusal } from '../model/refusals/refusal.ts'

/** The unparsed parameters of a query or a body: a list if a name occurs more than once. */
export type RawParams = Record<string, string | string[]>

export const tooLong = (name: string): Refusal =>
  new Refusal('parameter-invalid', `${name} is too long`, {
    parameter: name,
    sentence: `The parameter ${name} is longer than ${LONGEST_FIELD} characters.`,
  })

/**
 * Parameters of a form, a query or a flat JSON object, with the rules of RFC 6749 section 3.1: an empty value counts as
 * absent, unknown names are ignored, and a name that is read must not occur twice.
 */
export class Params {
  readonly #raw: RawParams
  #bracketed: readonly string[] | undefined

  constructor(raw: RawParams) {
    this.#raw = raw
  }

  /** Accepts a JSON object whose values are texts, numbers or lists of texts. */
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
      else if (field !== null) raw[name] = [] // The name is present, but its value is not text.
    }
    return new Params(raw)
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#raw, name)
  }

  /** Returns the one value; `undefined` if it is absent or empty. */
  one(name: string): string | undefined {
    const value = this.has(name) ? this.#raw[name] : undefined
    if (value === undefined) {
      // Some languages write arrays as `scope[a]=b` or `scope[]=b`; this server does not accept them.
      this.#bracketed ??= this.names().filter(key => key.includes('['))
      for (const key of this.#bracketed)
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

  /** Returns all values, for parameters that may occur several times (RFC 8707 `resource`). */
  all(name: string): string[] {
    const value = this.has(name) ? this.#raw[name] : undefined
    const values = value === undefined ? [] : typeof value === 'string' ? [value] : value
    return values.map(one => clean(name, one)).filter(one => one !== undefined)
  }

  /** Returns all values unchecked, for readers with their own rules. */
  every(name: string): readonly string[] {
    const value = this.has(name) ? this.#raw[name] : undefined
    return value === undefined ? [] : typeof value === 'string' ? [value] : value
  }

  names(): string[] {
    return Object.keys(this.#raw)
  }
}

/** Refuses NUL, which databases reject, and lone surrogates, which have no encoding. */
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
