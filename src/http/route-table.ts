import { type Method, type Place, type Segment, showPath } from './place.ts'

/** The properties of a row that routing needs. */
export type Placed = {
  at: Place
  /** The row answers only requests that meet this condition. The router tries this row before the row without a condition. */
  when?: unknown
  /** The declaring module, for the message about a collision. */
  of: string
}

/** All rows of one path. */
export type Spot<Row> = {
  path: readonly Segment[]
  /** The path in the form for lists, logs and metrics. */
  template: string
  /** The rows for each method, rows with a condition first. */
  methods: ReadonlyMap<Method, readonly Row[]>
  /** The rows for methods that `methods` does not name. */
  any: readonly Row[]
  /** All rows in the order of declaration. */
  rows: readonly Row[]
}

/**
 * Groups rows by path, as a pure function. Two rows for the same method and path are an error that names both, because
 * the order would decide which one answers. One of them may have a condition.
 */
export const routeTable = <Row extends Placed>(rows: readonly Row[]): Spot<Row>[] =>
  [...Map.groupBy(rows, ({ at }) => JSON.stringify(at.path.map(nameless))).values()].map(spotOf)

function spotOf<Row extends Placed>(rows: Row[]): Spot<Row> {
  const [{ at, of }] = rows as [Row]
  const template = showPath(at.path)
  const other = rows.find(row => showPath(row.at.path) !== template)
  if (other)
    throw new Error(`${template} of ${of} and ${showPath(other.at.path)} of ${other.of} are one place with two names`)
  const methods = new Map<Method | 'any', Row[]>()
  for (const row of rows)
    for (const method of row.at.methods === 'any' ? (['any'] as const) : row.at.methods)
      methods.set(method, inOrder(methods.get(method) ?? [], row, `${method} ${template}`))
  const any = methods.get('any') ?? []
  methods.delete('any')
  return { path: at.path, template, methods: methods as Map<Method, Row[]>, any, rows }
}

/** Sorts the row with a condition before the row without; allows at most one of each. */
function inOrder<Row extends Placed>(listed: readonly Row[], row: Row, place: string): Row[] {
  const same = listed.find(({ when }) => (when === undefined) === (row.when === undefined))
  if (same) {
    const condition = row.when === undefined ? '' : ' on a condition'
    throw new Error(`${place}${condition} is claimed by the dialects ${same.of} and ${row.of}`)
  }
  return row.when === undefined ? [...listed, row] : [row, ...listed]
}

/** Treats `/a/:id` and `/a/:name` as the same path. */
const nameless = (segment: Segment): Segment =>
  typeof segment === 'string' || 'rest' in segment ? segment : { ...segment, name: '' }
