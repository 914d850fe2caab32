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
    tag: 'Resource servers',
    summary: 'List the APIs that check credentials here',
  }),
  createResourceServer: operation({
    on: ['POST', '/v1/resource-servers'],
    fresh: true,
    body: createResourceBody,
    status: 201,
    answer: createdResource,
    tag: 'Resource servers',
    summary: 'Register an API; its secret is in this answer and never again',
  }),
  getResourceServer: operation({
    on: ['GET', '/v1/resource-servers/:id'],
    status: 200,
    answer: resourceServer,
    tag: 'Resource servers',
    summary: 'Read a resource server',
  }),
  changeResourceServer: operation({
    on: ['PATCH', '/v1/resource-servers/:id'],
    body: changeResourceBody,
    status: 200,
    answer: resourceServer,
    tag: 'Resource servers',
    summary: 'Change a resource server',
  }),
  deleteResourceServer: operation({
    on: ['DELETE', '/v1/resource-servers/:id'],
    fresh: true,
    status: 200,
    answer: deleted,
    tag: 'Resource servers',
    summary: 'Delete a resource server; it can no longer check credentials',
  }),
} as const
