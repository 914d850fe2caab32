import { operation } from '../operation.ts'
import { page } from '../shapes.ts'
import { endedSessions, session, sessionsQuery } from './schemas.ts'

/** Sessions of browsers. */
export const sessionsOperations = {
  listSessions: operation({
    on: ['GET', '/v1/sessions'],
    query: sessionsQuery,
    status: 200,
    answer: page(session),
    tag: 'Sessions',
    summary: 'List sessions',
    details: 'A session is a browser in which a user is signed in.',
  }),
  endSession: operation({
    on: ['DELETE', '/v1/sessions/:id'],
    status: 200,
    answer: endedSessions,
    tag: 'Sessions',
    summary: 'End a session',
    details: 'Signs the browser out.',
  }),
} as const
