import { type Method, type Place, type Segment, showPath } from './place.ts'

/** What a row must say about itself to be found. */
export type Placed = {
  at: Place
  /** Answers only requests that fit, and is asked before the row without a condition. */
  when?: unknown
  /** Who declares it, for the message about a collision. */
  of: string
}

/** Everything that is served at one path. */
export type Spot<Row> = {
  path: readonly Segment[]
  /** The path as lists, logs and metrics show it. */
  template: string
  /** The rows for each method, those with a condition first. */
  methods: ReadonlyMap<Method, readonly Row[]>
  /** The rows for every method that `methods` does not name. */
  any: readonly Row[]
  /** All of them, as declared. */
  rows: readonly Row[]
}

/**
 * From rows to what a router needs, as a pure function. Two rows for one method of one path would answer by chance, so
 * both are named and nothing is served; one of them may have a condition.
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

/** The row with a condition before the one without; at most one of each. */
function inOrder<Row extends Placed>(listed: readonly Row[], row: Row, place: string): Row[] {
  const same = listed.find(({ when }) => (when === undefined) === (row.when === undefined))
  if (same) {
    const condition = row.when === undefined ? '' : ' on a condition'
    throw new Error(`${place}${condition} is claimed by the dialects ${same.of} and ${row.of}`)
  }
  return row.when === undefined ? [...listed, row] : [row, ...listed]
}

/** `/a/:id` and `/a/:name` are one place. */
const nameless = (segment: Segment): Segment =>
  typeof segment === 'string' || 'rest' in segment ? segment : { ...segment, name: '' }
