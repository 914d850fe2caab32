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

/** A position holds only what a sort key may hold; anything else is not one of our cursors. */
export function readCursor(cursor: string): (string | number)[] {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (
      Array.isArray(position) &&
      position.length <= 2 &&
      position.every(part => typeof part === 'string' || Number.isSafeInteger(part))
    )
      return position
  } catch {}
  throw new Refusal('parameter-invalid', `not a cursor: ${cursor.slice(0, 40)}`, { parameter: 'cursor' })
}
