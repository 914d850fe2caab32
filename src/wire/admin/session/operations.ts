import { deleted } from '../credentials/schemas.ts'
import { operation } from '../operation.ts'
import { list } from '../shapes.ts'
import { currentSession, proofBody, putViewBody, savedView, sessionProof } from './schemas.ts'

/** The session of the console, and saved views. */
export const sessionOperations = {
  getSession: operation({
    on: ['GET', '/v1/session'],
    status: 200,
    answer: currentSession,
    tag: 'Session',
    summary: 'Read your session',
    details: 'Who is signed in, what this person may do, and the token for requests that change something.',
  }),
  proveSession: operation({
    on: ['POST', '/v1/session/proof'],
    body: proofBody,
    status: 200,
    answer: sessionProof,
    tag: 'Session',
    summary: 'Confirm your identity',
    details: 'Operations that make a secret or remove access need a confirmation that is less than ten minutes old.',
  }),
  listViews: operation({
    on: ['GET', '/v1/views'],
    status: 200,
    answer: list(savedView),
    tag: 'Session',
    summary: 'List saved views',
    details: 'A saved view is a set of filters of the console under a name. Each person has their own.',
  }),
  putView: operation({
    on: ['PUT', '/v1/views/:name'],
    body: putViewBody,
    status: 200,
    answer: savedView,
    tag: 'Session',
    summary: 'Save a view',
  }),
  deleteView: operation({
    on: ['DELETE', '/v1/views/:name'],
    status: 200,
    answer: deleted,
    tag: 'Session',
    summary: 'Delete a saved view',
  }),
} as const
