import { z } from 'zod'
import { mention, pageQuery, sortQuery, text, time } from '../shapes.ts'

const states = z.enum(['fresh', 'stale', 'unreachable', 'withdrawn', 'unfit']).meta({
  description:
    '`stale`: read anew at the next request for access. `unreachable`: the stored copy serves, until `serves_until`. `withdrawn`, `unfit`: no new access.',
})

export const clientDocument = z
  .object({
    client: mention.meta({ description: 'Its id is the address of the document.' }),
    host: z.string().meta({ description: 'Who publishes it.' }),
    active: z.boolean().meta({ description: '`false`: blocked; everything of it has ended.' }),
    reviewed_at: time.nullable(),
    redirect_uris: z.array(z.string()),
    state: states,
    sentence: z.string().nullable().meta({ description: 'What went wrong at the last attempt.' }),
    read_at: time.meta({ description: 'When it was last read and found fit.' }),
    asked_at: time.meta({ description: 'Of the last attempt.' }),
    fresh_until: time,
    serves_until: time.meta({ description: 'How long the copy serves while its server cannot be reached.' }),
  })
  .meta({ id: 'ClientDocument' })

export const documentEvent = z
  .object({
    at: time,
    what: z.enum(['first-read', 'changed', 'withdrawn', 'unfit', 'there-again']),
    fields: z.array(z.string()).meta({ description: 'What changed.' }),
    name_before: z.string().nullable(),
    name_after: z.string().nullable(),
    redirects_added: z.array(z.string()),
    redirects_gone: z.array(z.string()),
    sentence: z.string().nullable(),
  })
  .meta({ id: 'DocumentEvent' })

export const clientDocumentWithHistory = z.object({
  ...clientDocument.shape,
  history: z.array(documentEvent).meta({ description: 'Newest first, as far as the journal reaches.' }),
})

export const clientDocumentsQuery = z.strictObject({
  ...pageQuery,
  sort: sortQuery,
  q: text(100).optional().meta({ description: 'Part of the name, in any letter case.' }),
})
