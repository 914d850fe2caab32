import type { Named, Segment } from '../http/place.ts'

/** A path in the syntax of Fastify's router; the only place that knows it. */
export const fastifyPath = (path: readonly Segment[]): string => `/${path.map(written).join('/')}`

function written(segment: Segment): string {
  // A colon that is meant stands twice.
  if (typeof segment === 'string') return segment.replaceAll(':', '::')
  return 'rest' in segment ? '*' : `:${segment.name}${condition(segment)}${segment.end ?? ''}`
}

function condition({ length, only }: Named): string {
  if (length === undefined && only === undefined) return ''
  const one = only === 'digits' ? '\\d' : '[^/]'
  return length === undefined ? `(^${one}+)` : `(^${one}{${length}}$)`
}
