import { operation } from '../operation.ts'
import { findBody, found } from './schemas.ts'

/** One search over all types. */
export const findOperations = {
  find: operation({
    on: ['POST', '/v1/find'],
    body: findBody,
    status: 200,
    answer: found,
    tag: 'Activity',
    summary: 'Find anything',
    details: 'Finds users, applications, credentials, APIs and requests by part of a name, an id, or a pasted secret.',
  }),
} as const
