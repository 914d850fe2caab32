/* Predicates that check the types of parsed JSON, so that no decision uses a value of the wrong type. */

export type Typed<T> = (value: unknown) => value is T
export type TypeOf<Predicate> = Predicate extends Typed<infer T> ? T : never

export const isText = (value: unknown): value is string => typeof value === 'string'
export const isName = (value: unknown): value is string => isText(value) && value !== ''
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
/** NumericDate (RFC 7519 section 2): seconds, within the range of `Date`. */
export const isSeconds = (value: unknown): value is number =>
  typeof value === 'number' && Math.abs(value) <= 8_640_000_000_000

export const exactly =
  <const Value>(expected: Value): Typed<Value> =>
  (value): value is Value =>
    value === expected
export const listOf =
  <T>(item: Typed<T>): Typed<T[]> =>
  (value): value is T[] =>
    Array.isArray(value) && value.every(item)
export const optional =
  <T>(typed: Typed<T>): Typed<T | undefined> =>
  (value): value is T | undefined =>
    value === undefined || typed(value)
export const nullable =
  <T>(typed: Typed<T>): Typed<T | null> =>
  (value): value is T | null =>
    value === null || typed(value)

/** Accepts an object whose members each have their type; ignores other members. */
export const objectOf =
  <Members extends Record<string, Typed<unknown>>>(
    members: Members,
  ): Typed<{ [M in keyof Members]: TypeOf<Members[M]> }> =>
  (value): value is { [M in keyof Members]: TypeOf<Members[M]> } =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(members).every(([name, typed]) => typed((value as Record<string, unknown>)[name]))
