import type { z } from 'zod'
import type { Method, Path } from '../../http/place.ts'
import type { Permission } from '../../model/users/permissions.ts'

/**
 * One operation of the management API as data, from which routes, OpenAPI, the reference and the permission matrix are
 * made.
 */
export type Operation = Permission & {
  on: readonly [Method, Path]
  /**
   * The operation makes a secret or takes rights. A session needs a proof of identity within ten minutes; otherwise 401 `login-required`.
   */
  fresh?: true
  query?: z.ZodObject
  body?: z.ZodObject
  /** 201: the answer has `Location`, and the operation accepts `Idempotency-Key`. */
  status: 200 | 201
  answer: z.ZodType
  tag: string
  /** A few words: the name of the operation in the reference and the console. */
  summary: string
  /** Sentences for the reference. */
  details?: string
}

/** A row of the table. Its permission is added by name (model/users/permissions.ts). */
export const operation = <const T extends Omit<Operation, keyof Permission>>(row: T): T => row
