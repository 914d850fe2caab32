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
    summary: 'Who is signed in, what they may do, and the token for writing requests',
  }),
  proveSession: operation({
    on: ['POST', '/v1/session/proof'],
    body: proofBody,
    status: 200,
    answer: sessionProof,
    tag: 'Session',
    summary: 'Prove again who you are, for what makes a secret or takes rights; good for ten minutes',
  }),
  listViews: operation({
    on: ['GET', '/v1/views'],
    status: 200,
    answer: list(savedView),
    tag: 'Session',
    summary: 'Filters of the console that you keep under a name',
  }),
  putView: operation({
    on: ['PUT', '/v1/views/:name'],
    body: putViewBody,
    status: 200,
    answer: savedView,
    tag: 'Session',
    summary: 'Keep filters of the console under a name',
  }),
  deleteView: operation({
    on: ['DELETE', '/v1/views/:name'],
    status: 200,
    answer: deleted,
    tag: 'Session',
    summary: 'Forget filters you keep',
  }),
} as const
