import { Refusal } from '../../model/refusals/refusal.ts'
import type { Page } from '../../ports/paging.ts'

/** Cuts a page from `limit + 1` rows. The cursor is the position of the last row of the page; callers must not interpret it. */
export function cutPage<Row, T>(
  rows: readonly Row[],
  limit: number,
  shape: (row: Row) => T,
  position: (row: Row) => readonly (string | number)[],
): Page<T> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const items = shown.map(shape)
  return rows.length > limit && last ? { items, nextCursor: cursorAt(position(last)) } : { items }
}

export const cursorAt = (position: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url')

type Part = { number: number; text: string }
type Position<Shape extends readonly (keyof Part)[]> = { -readonly [I in keyof Shape]: Part[Shape[I]] }

/** Parses a cursor. It must contain exactly the sort values of this list; any other text is refused. */
export function readCursor<const Shape extends readonly (keyof Part)[]>(
  cursor: string,
  ...shape: Shape
): Position<Shape> {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (
      Array.isArray(position) &&
      position.length === shape.length &&
      shape.every((part, i) => (part === 'number' ? Number.isSafeInteger(position[i]) : isPlain(position[i])))
    )
      return position as Position<Shape>
  } catch {}
  throw new Refusal('parameter-invalid', `not a cursor: ${cursor.slice(0, 40)}`, {
    parameter: 'cursor',
    sentence: 'That cursor is not one of this list: take the one that came with the page before.',
  })
}

const isPlain = (part: unknown): boolean => typeof part === 'string' && /^[\x21-\x7E]{1,128}$/.test(part)

/** The orders of a list: the direction, and the comparison for rows after a position. */
export const ORDERS = {
  newest: { direction: 'desc', beyond: '<' },
  oldest: { direction: 'asc', beyond: '>' },
} as const

/** Escapes the wildcards of LIKE; use it with `escape '!'`. */
export const literally = (text: string): string => text.toLowerCase().replaceAll(/[!%_]/g, '!$&')
