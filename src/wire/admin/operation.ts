import type { z } from 'zod'
import type { Method, Path } from '../../http/place.ts'

/** One operation of the management API as data: routes, OpenAPI, the reference and the permission matrix are made of it. */
export type Operation = {
  on: readonly [Method, Path]
  /** Management scopes a caller must hold, all of them. */
  needs: readonly string[]
  /**
   * What a person signed in to the console may do without those scopes: `own`: the same with what is theirs
   * (`owner=me` in lists, their own ids elsewhere); `all`: everything this operation does.
   */
  self?: 'own' | 'all'
  /** A console session must have proven itself within the last hour; otherwise 401 `login-required`. */
  fresh?: true
  query?: z.ZodObject
  body?: z.ZodObject
  /** 201 operations answer with `Location` and honour `Idempotency-Key`. */
  status: 200 | 201
  answer: z.ZodType
  tag: string
  summary: string
}

export const operation = <const T extends Operation>(row: T): T => row
