import { Refusal } from '../../model/refusal.ts'
import type { Page } from '../../ports/stores.ts'

/** Cuts a page out of `limit + 1` rows; the cursor is the position of the last one shown, opaque to callers. */
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

/** A position holds what a sort key of these types holds; anything else is not one of our cursors. */
export function readCursor<Types extends readonly PartType[]>(cursor: string, ...types: Types): PartsOf<Types> {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (
      Array.isArray(position) &&
      position.length === types.length &&
      position.every((part, i) => fits(part, types[i]))
    )
      return position as unknown as PartsOf<Types>
  } catch {}
  throw new Refusal('parameter-invalid', `not a cursor: ${cursor.slice(0, 40)}`, { parameter: 'cursor' })
}

const fits = (part: unknown, type: PartType | undefined): boolean =>
  type === 'number' ? Number.isSafeInteger(part) : typeof part === 'string' && !part.includes('\0')
type PartType = 'number' | 'string'
type PartsOf<Types extends readonly PartType[]> = { [I in keyof Types]: Types[I] extends 'number' ? number : string }
