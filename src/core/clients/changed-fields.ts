import { isDeepStrictEqual } from 'node:util'
import type { Client } from '../../model/clients/client.ts'

/** Returns the fields in `after` that differ from those of the client, by our names. */
export function changedFields<T extends object>(before: Client, after: T): (keyof T)[] {
  const fields = Object.keys(after) as (keyof T & keyof Client)[]
  return fields.filter(field => !isDeepStrictEqual(before[field], after[field]))
}
