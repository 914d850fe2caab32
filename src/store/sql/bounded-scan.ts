import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Expression, type SqlBool, sql } from 'kysely'
import type { Page, PageAsk } from '../../ports/paging.ts'
import { cursorAt, cutPage, ORDERS, readCursor } from './paging.ts'

/** The number of rows that each statement scans for a filter without an index. The first step is small, because most rows are found soon. */
const STRETCHES = [1000, ...Array<number>(10).fill(10_000)]

type Position = readonly (string | number)[]
type Walk<Row, T> = {
  limit: number
  /** The position after which the scan begins; absent: at the beginning. */
  after?: Position | undefined
  /** The position that many rows further, matching or not; `undefined` if the list ends before. */
  furtherOn(after: Position | undefined, rows: number): Promise<Position | undefined>
  /** Matching rows after the first position, up to and including the second. */
  read(after: Position | undefined, upTo: Position | undefined, limit: number): Promise<Row[]>
  shape(row: Row): T
  position(row: Row): Position
}

/**
 * Returns a page of rows of which few match the filter. Other work can run between the statements. After about a
 * hundred thousand rows the page ends, so it may be short or empty and still have a cursor, which continues the scan.
 */
export async function scanBounded<Row, T>({ limit, furtherOn, read, ...walk }: Walk<Row, T>): Promise<Page<T>> {
  const rows: Row[] = []
  let after = walk.after
  for (const length of STRETCHES) {
    const upTo = await furtherOn(after, length)
    rows.push(...(await read(after, upTo, limit + 1 - rows.length)))
    if (rows.length > limit || upTo === undefined) return cutPage(rows, limit, walk.shape, walk.position)
    after = upTo
    await nextTurn()
  }
  return { items: rows.map(walk.shape), nextCursor: cursorAt(after as Position) }
}

type Numbered<Row, T> = {
  column: 'id' | 'number'
  page: PageAsk
  /** The number of the row that is `offset` rows further among the rows in the range. */
  numberAt(between: Expression<SqlBool>, direction: 'asc' | 'desc', offset: number): Promise<number | undefined>
  read(between: Expression<SqlBool>, direction: 'asc' | 'desc', limit: number): Promise<Row[]>
  shape(row: Row): T
  numberOf(row: Row): number
}

/** Like `scanBounded`, for a list that is sorted by one number. */
export async function scanBoundedByNumber<Row, T>(walk: Numbered<Row, T>): Promise<Page<T>> {
  const { column, page, numberAt, read, shape, numberOf } = walk
  const { direction, beyond } = ORDERS[page.order ?? 'newest']
  const between = (after?: Position, upTo?: Position) => {
    const ends = [sql<SqlBool>`1 = 1`]
    if (after) ends.push(sql<SqlBool>`${sql.ref(column)} ${sql.raw(beyond)} ${after[0]}`)
    if (upTo) ends.push(sql<SqlBool>`${sql.ref(column)} ${sql.raw(beyond === '<' ? '>=' : '<=')} ${upTo[0]}`)
    return sql<SqlBool>`${sql.join(ends, sql` and `)}`
  }
  return scanBounded<Row, T>({
    limit: page.limit,
    after: page.cursor === undefined ? undefined : readCursor(page.cursor, 'number'),
    async furtherOn(after, rows) {
      const number = await numberAt(between(after), direction, rows - 1)
      return number === undefined ? undefined : [number]
    },
    read: (after, upTo, limit) => read(between(after, upTo), direction, limit),
    shape,
    position: row => [numberOf(row)],
  })
}
