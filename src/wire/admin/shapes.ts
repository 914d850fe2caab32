import { z } from 'zod'

/* Common parts of resources: ids are texts, times are seconds since the epoch, a missing value is null. */

/** The largest number of items of a list in a request. Our own forms send fewer. */
export const MOST_ITEMS = 100

const usable = (text: string) => !text.includes('\0') && text.isWellFormed()
/** Text without NUL and unpaired surrogates. */
export const text = (longest: number) =>
  z.string().max(longest).refine(usable, { error: 'has characters that cannot be used' })

export const id = text(512).meta({ description: 'Opaque; compare it as text.' })
export const time = z.int().min(0).max(8_640_000_000_000).meta({ description: 'Seconds since the epoch.' })
export const scope = text(128).meta({ examples: ['users:read'] })
export const scopes = z.array(scope).max(MOST_ITEMS)
export const uri = text(2000)
export const network = text(64).meta({ description: 'An address or a CIDR block.', examples: ['10.0.0.0/8'] })

/** A user or client that another resource mentions; `name` is null if it was deleted. */
export const mention = z.object({ id, name: z.string().nullable() })

export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50).meta({ description: 'At most this many items.' }),
  cursor: text(512).optional().meta({ description: '`next_cursor` of the page before.' }),
}
export const sortQuery = z
  .enum(['-created_at', 'created_at'])
  .default('-created_at')
  .meta({ description: 'Newest first, or oldest first.' })

export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next_cursor: z.string().nullable() })

/** `me` is the signed-in user. Other owners require the permission. */
export const owner = text(64).meta({ description: 'A user id, or `me`.' })

/** Filters a list to things that may be used at an API. */
export const apiAsked = text(2000).meta({
  description: 'Audience or client id of an API: those that may do something there.',
})

/** RFC 9457. `code` is from a closed list (docs/errors.md); `docs` links to its entry. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    request_id: z.string(),
    docs: z.string(),
    parameter: z.string().optional().meta({ description: 'The field or query parameter at fault.' }),
    scope: z.string().optional().meta({ description: 'What would have been needed.' }),
  })
  .meta({ id: 'Problem' })

export const list = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) })
