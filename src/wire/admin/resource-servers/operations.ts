import { deleted } from '../credentials/schemas.ts'
import { operation } from '../operation.ts'
import { list } from '../shapes.ts'
import { changeResourceBody, createdResource, createResourceBody, resourceServer } from './schemas.ts'

/** APIs that check credentials here. */
export const resourceServersOperations = {
  listResourceServers: operation({
    on: ['GET', '/v1/resource-servers'],
    status: 200,
    answer: list(resourceServer),
    tag: 'APIs',
    summary: 'List APIs',
    details: 'An API checks credentials here. RFC 6749 calls it a resource server.',
  }),
  createResourceServer: operation({
    on: ['POST', '/v1/resource-servers'],
    fresh: true,
    body: createResourceBody,
    status: 201,
    answer: createdResource,
    tag: 'APIs',
    summary: 'Register an API',
    details: 'The secret with which the API authenticates is only in this answer.',
  }),
  getResourceServer: operation({
    on: ['GET', '/v1/resource-servers/:id'],
    status: 200,
    answer: resourceServer,
    tag: 'APIs',
    summary: 'Read an API',
  }),
  changeResourceServer: operation({
    on: ['PATCH', '/v1/resource-servers/:id'],
    body: changeResourceBody,
    status: 200,
    answer: resourceServer,
    tag: 'APIs',
    summary: 'Change an API',
  }),
  deleteResourceServer: operation({
    on: ['DELETE', '/v1/resource-servers/:id'],
    fresh: true,
    status: 200,
    answer: deleted,
    tag: 'APIs',
    summary: 'Delete an API',
    details: 'The API can no longer check credentials.',
  }),
} as const
