/* The methods and the path of a row, as data. Each router translates them into its own syntax. */

/** HEAD is not in the list: the rows for GET answer it, without the body (RFC 9110 section 9.3.2). */
export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
export type Method = (typeof METHODS)[number]

export type Place = {
  /** `any` includes methods that are not in `METHODS`. */
  methods: readonly Method[] | 'any'
  path: readonly Segment[]
}

/** One part of a path, between two slashes. */
export type Segment = string | Named | typeof REST

/** A part with a non-empty text, which the row reads as `params[name]`. */
export type Named = {
  name: string
  /** The text has exactly this many characters. */
  length?: number
  only?: 'digits'
  /** A fixed suffix after the text, such as `.json`. */
  end?: string
}

/** The remaining path including slashes; it may be empty. Always the last part. */
export const REST = { rest: true } as const

export type Path = `/${string}`
/** The notation of a row for its place: `['GET', 'POST', '/users/:id']`; `:id` is a named part, `*` at the end is the remaining path. */
export type On = readonly [Method, ...Method[], Path] | readonly ['ANY', Path] | Place

/** Parses that notation; no other function knows it. */
export function readOn(on: On): Place {
  if ('path' in on) return on
  const path = readPath(on.at(-1) as Path)
  return on[0] === 'ANY' ? { methods: 'any', path } : { methods: on.slice(0, -1) as Method[], path }
}

function readPath(path: Path): Segment[] {
  const parts = path.slice(1).split('/')
  return parts.map((part, i) => {
    if (part === '*' && i === parts.length - 1) return REST
    const name = /^:(\w+)/.exec(part)?.[1]
    if (name === undefined) return part
    const end = part.slice(name.length + 1)
    return end ? { name, end } : { name }
  })
}

/** `GET, POST /users/:id`. */
export const showPlace = ({ methods, path }: Place): string =>
  `${methods === 'any' ? 'any method' : methods.join(', ')} ${showPath(path)}`

/** A path in the form for lists, logs and metrics: `/users/:id`. */
export const showPath = (path: readonly Segment[]): string => `/${path.map(showSegment).join('/')}`

function showSegment(segment: Segment): string {
  if (typeof segment === 'string') return segment
  return 'rest' in segment ? '*' : `:${segment.name}${segment.end ?? ''}`
}
