import { z } from 'zod'
import { BLOCK_SUBJECTS } from '../../../model/clients/registration-block.ts'
import { grantType } from '../clients/schemas.ts'
import { id, scopes, text, time } from '../shapes.ts'

const grantTypes = z
  .array(grantType)
  .max(10)
  .meta({ description: 'Grant types its clients may have beside `authorization_code` and `refresh_token`.' })

export const registrationToken = z
  .object({
    id,
    name: z.string().nullable(),
    hint: z.string(),
    uses_left: z.int().nullable().meta({ description: 'How many clients may still register; null: any number.' }),
    scopes: z
      .array(z.string())
      .nullable()
      .meta({ description: 'The most its clients may have; null: every scope that is not for administrators.' }),
    grant_types: grantTypes,
    created_at: time,
    expires_at: time.nullable(),
    last_used_at: time.nullable(),
  })
  .meta({ id: 'RegistrationToken' })

export const createRegistrationTokenBody = z.strictObject({
  name: text(200).optional(),
  uses: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .meta({ description: 'How many clients may register; default: any number.' }),
  expires_at: time.optional().meta({ description: 'Default: in one day.' }),
  scopes: scopes.optional(),
  grant_types: grantTypes.default([]),
})

export const createdRegistrationToken = z.object({
  token: z.string().meta({ description: 'Shown once.' }),
  registration_token: registrationToken,
})

const blockSubject = z.enum(BLOCK_SUBJECTS)
const blockValue = text(253).meta({
  description: 'An address or a CIDR block; or a host, which stands for the names below it, too.',
  examples: ['203.0.113.0/24', 'app.example'],
})

export const registrationBlock = z
  .object({ id, subject: blockSubject, value: z.string(), note: z.string().nullable(), created_at: time })
  .meta({ id: 'RegistrationBlock' })

export const createRegistrationBlockBody = z.strictObject({
  subject: blockSubject,
  value: blockValue,
  note: text(200).optional(),
  disable: z
    .boolean()
    .default(false)
    .meta({ description: 'Also disable the clients that registered themselves from there.' }),
})

export const createdRegistrationBlock = z.object({
  registration_block: registrationBlock,
  disabled: z.int().meta({ description: 'How many clients were disabled.' }),
})
