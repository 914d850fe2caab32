import { impact, revoked } from '../credentials/schemas.ts'
import { operation } from '../operation.ts'
import { list } from '../shapes.ts'
import { grant, grantsQuery } from './schemas.ts'

/** Grants of users to applications. */
export const grantsOperations = {
  listGrants: operation({
    on: ['GET', '/v1/grants'],
    query: grantsQuery,
    status: 200,
    answer: list(grant),
    tag: 'Grants',
    summary: 'The applications a user has allowed, or what users allowed an application (the newest 200)',
  }),
  grantImpact: operation({
    on: ['GET', '/v1/grants/:id/impact'],
    status: 200,
    answer: impact,
    tag: 'Grants',
    summary: 'What stops when this permission is taken back',
  }),
  revokeGrant: operation({
    on: ['DELETE', '/v1/grants/:id'],
    fresh: true,
    status: 200,
    answer: revoked,
    tag: 'Grants',
    summary: 'Withdraw what a user has allowed, with every token that came of it',
  }),
} as const
