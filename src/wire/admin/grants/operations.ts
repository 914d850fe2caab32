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
    summary: 'List grants',
    details:
      'A grant is the permission of a user for an application. Lists the newest 200 of a user or of an application.',
  }),
  grantImpact: operation({
    on: ['GET', '/v1/grants/:id/impact'],
    status: 200,
    answer: impact,
    tag: 'Grants',
    summary: 'Preview the effect on a grant',
    details: 'Lists what stops working when the grant is revoked.',
  }),
  revokeGrant: operation({
    on: ['DELETE', '/v1/grants/:id'],
    fresh: true,
    status: 200,
    answer: revoked,
    tag: 'Grants',
    summary: 'Revoke a grant',
    details: 'Revokes every token that was issued from it.',
  }),
} as const
