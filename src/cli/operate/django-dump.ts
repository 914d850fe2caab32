import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { ForeignUser } from '../../core/users/import-user.ts'
import { Refusal } from '../../model/refusals/refusal.ts'

/* The output of `python manage.py dumpdata auth.user`: a list of objects with model, key and fields. */

const record = z.object({ model: z.string(), pk: z.unknown(), fields: z.record(z.string(), z.unknown()) })
const person = z.object({
  username: z.string(),
  password: z.string(),
  email: z.string().nullish(),
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
  // A custom user model may lack these fields. Then all users are active and none is staff.
  is_active: z.boolean().default(true),
  is_staff: z.boolean().default(false),
  is_superuser: z.boolean().default(false),
  date_joined: z.string().nullish(),
})

export type DjangoDump = {
  users: ForeignUser[]
  /** Handles of Django's staff. They are imported as users without a role. */
  staff: string[]
  /** User records that cannot be parsed. */
  unreadable: { number: unknown; why: string }[]
  /** The number of records of other models. */
  others: number
}

export async function readDjangoDump(path: string, model: string): Promise<DjangoDump> {
  const dump: DjangoDump = { users: [], staff: [], unreadable: [], others: 0 }
  for (const one of await readRecords(path)) {
    const { success, data } = record.safeParse(one)
    if (!success || data.model.toLowerCase() !== model.toLowerCase()) {
      dump.others++
      continue
    }
    const read = person.safeParse(data.fields)
    const number = Number(data.pk)
    if (!read.success) {
      const why = read.error.issues.map(({ path: field, message }) => `${field.join('.')}: ${message}`).join('; ')
      dump.unreadable.push({ number: data.pk, why })
      continue
    }
    dump.users.push(asUser(number, read.data))
    if (read.data.is_staff || read.data.is_superuser) dump.staff.push(read.data.username)
  }
  return dump
}

function asUser(number: number, fields: z.infer<typeof person>): ForeignUser {
  const user: ForeignUser = {
    number,
    handle: fields.username,
    password: fields.password,
    active: fields.is_active,
  }
  const joined = Date.parse(fields.date_joined ?? '')
  if (fields.email) user.email = fields.email
  if (fields.first_name) user.firstName = fields.first_name
  if (fields.last_name) user.lastName = fields.last_name
  if (!Number.isNaN(joined)) user.createdAt = joined
  return user
}

async function readRecords(path: string): Promise<unknown[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Refusal('not-found', `${path}: ${error.code}`, { sentence: `The file ${path} cannot be read.` })
  })
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    if (Array.isArray(value)) return value
  } catch {}
  throw new Refusal('request-malformed', path, {
    sentence: `${path} is not what dumpdata writes: a JSON list. Make it with: python manage.py dumpdata auth.user > users.json`,
  })
}
