import { z } from 'zod'
import { text } from '../shapes.ts'

export const findBody = z.strictObject({
  text: text(8192).meta({
    description:
      'Part of a name, a hint, a request id, or a secret. It stands in no address, is not stored and not logged.',
  }),
})

export const foundThing = z
  .object({
    is: z.enum(['user', 'client', 'credential', 'api', 'request']),
    id: z.string().meta({ description: 'Of an API the id of its client; of a request the request id.' }),
    name: z.string(),
    note: z.string().meta({ description: 'What tells it from others of that name.' }),
  })
  .meta({ id: 'FoundThing' })

/** A few results of each type, limited to things that the caller may list. */
export const found = z.object({ items: z.array(foundThing) }).meta({ id: 'Found' })
