import openFinder from 'find-my-way'
import { type Named, REST, type Segment } from './place.ts'
import type { Spot } from './route-table.ts'

export type Found<Row> = { spot: Spot<Row>; params: Record<string, string> }

/** No honest part of a path is longer. */
const LONGEST_PART = 512

/**
 * Finds what is served at a path, with or without a slash at the end; methods are not its business. A path that cannot
 * be decoded names nothing.
 */
export function openRouter<Row>(spots: readonly Spot<Row>[]): (path: string) => Found<Row> | undefined {
  const finder = openFinder({ ignoreTrailingSlash: true, maxParamLength: LONGEST_PART, querystringParser: () => ({}) })
  for (const spot of spots) finder.on('GET', written(spot.path), NEVER_CALLED, spot)
  const raw = rawPlaces(spots)
  return path => {
    const beforeRaw = raw.find(start => path.startsWith(start))
    const found = finder.find('GET', beforeRaw === undefined ? path : `${beforeRaw}rest`)
    return found ? { spot: found.store, params: found.params as Record<string, string> } : undefined
  }
}

const NEVER_CALLED = (): void => {}

/**
 * Rows for any method are about requests to other systems: what follows their path is never decoded, and is
 * one plain word to the finder. The longest path comes first.
 */
const rawPlaces = (spots: readonly Pick<Spot<unknown>, 'path' | 'any'>[]): string[] =>
  spots
    .filter(({ path, any }) => any.length > 0 && path.at(-1) === REST)
    .map(({ path }) => written([...path.slice(0, -1), '']))
    .sort((a, b) => b.length - a.length)

/** A path in the syntax of find-my-way; the only place that knows it. */
const written = (path: readonly Segment[]): string => `/${path.map(part).join('/')}`

function part(segment: Segment): string {
  // A colon that is meant stands twice.
  if (typeof segment === 'string') return segment.replaceAll(':', '::')
  return 'rest' in segment ? '*' : `:${segment.name}${condition(segment)}${segment.end ?? ''}`
}

function condition({ length, only }: Named): string {
  if (length === undefined && only === undefined) return ''
  const one = only === 'digits' ? '\\d' : '[^/]'
  return length === undefined ? `(^${one}+)` : `(^${one}{${length}}$)`
}
