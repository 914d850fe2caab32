import openFinder from 'find-my-way'
import { type Named, REST, type Segment } from './place.ts'
import type { Spot } from './route-table.ts'

export type Found<Row> = { spot: Spot<Row>; params: Record<string, string> }

/** The limit for one part of a path. No valid part is longer. */
const LONGEST_PART = 512

/**
 * Finds the rows of a path, with or without a slash at the end, for all methods. A path that cannot be decoded has no
 * rows.
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
 * Rows for any method concern requests to other systems, so the path after their prefix is not decoded; the finder sees
 * a fixed word instead. The longest prefix comes first.
 */
const rawPlaces = (spots: readonly Pick<Spot<unknown>, 'path' | 'any'>[]): string[] =>
  spots
    .filter(({ path, any }) => any.length > 0 && path.at(-1) === REST)
    .map(({ path }) => written([...path.slice(0, -1), '']))
    .sort((a, b) => b.length - a.length)

/** A path in the syntax of find-my-way; only this function knows that syntax. */
const written = (path: readonly Segment[]): string => `/${path.map(part).join('/')}`

function part(segment: Segment): string {
  // find-my-way writes a literal colon as two colons.
  if (typeof segment === 'string') return segment.replaceAll(':', '::')
  return 'rest' in segment ? '*' : `:${segment.name}${condition(segment)}${segment.end ?? ''}`
}

function condition({ length, only }: Named): string {
  if (length === undefined && only === undefined) return ''
  const one = only === 'digits' ? '\\d' : '[^/]'
  return length === undefined ? `(^${one}+)` : `(^${one}{${length}}$)`
}
