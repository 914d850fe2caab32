import type { z } from 'zod'
import type { Method, Path } from '../../http/place.ts'
import type { Permission } from '../../model/permissions.ts'

/** One operation of the management API as data: routes, OpenAPI, the reference and the permission matrix are made of it. */
export type Operation = Permission & {
  on: readonly [Method, Path]
  /** It makes a secret or takes rights: the person of a session proved within ten minutes who they are; otherwise 401 `login-required`. */
  fresh?: true
  query?: z.ZodObject
  body?: z.ZodObject
  /** 201 operations answer with `Location` and honour `Idempotency-Key`. */
  status: 200 | 201
  answer: z.ZodType
  tag: string
  summary: string
}

/** A row; what it takes is added by its name (model/permissions.ts). */
export const operation = <const T extends Omit<Operation, keyof Permission>>(row: T): T => row
