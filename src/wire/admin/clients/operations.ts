import { clientImpactQuery, deleted, impact } from '../credentials/schemas.ts'
import { operation } from '../operation.ts'
import { list, page } from '../shapes.ts'
import {
  changeClientBody,
  client,
  clientSecret,
  clientsQuery,
  createClientBody,
  createdClient,
  createdSecret,
  rotateSecretBody,
} from './schemas.ts'

/** Applications and their secrets. */
export const clientsOperations = {
  listClients: operation({
    on: ['GET', '/v1/clients'],
    query: clientsQuery,
    status: 200,
    answer: page(client),
    tag: 'Applications',
    summary: 'List applications',
  }),
  createClient: operation({
    on: ['POST', '/v1/clients'],
    fresh: true,
    body: createClientBody,
    status: 201,
    answer: createdClient,
    tag: 'Applications',
    summary: 'Register an application; its secret is in this answer and never again',
  }),
  getClient: operation({
    on: ['GET', '/v1/clients/:id'],
    status: 200,
    answer: client,
    tag: 'Applications',
    summary: 'Read an application',
  }),
  changeClient: operation({
    on: ['PATCH', '/v1/clients/:id'],
    body: changeClientBody,
    status: 200,
    answer: client,
    tag: 'Applications',
    summary: 'Change an application',
  }),
  deleteClient: operation({
    on: ['DELETE', '/v1/clients/:id'],
    fresh: true,
    status: 200,
    answer: deleted,
    tag: 'Applications',
    summary: 'Delete an application and end everything issued to it',
  }),
  clientImpact: operation({
    on: ['GET', '/v1/clients/:id/impact'],
    query: clientImpactQuery,
    status: 200,
    answer: impact,
    tag: 'Applications',
    summary: 'What stops when this application is disabled or deleted',
  }),
  listClientSecrets: operation({
    on: ['GET', '/v1/clients/:id/secrets'],
    status: 200,
    answer: list(clientSecret),
    tag: 'Applications',
    summary: 'The secrets of an application, without the secrets themselves',
  }),
  rotateClientSecret: operation({
    on: ['POST', '/v1/clients/:id/secrets'],
    fresh: true,
    body: rotateSecretBody,
    status: 201,
    answer: createdSecret,
    tag: 'Applications',
    summary: 'A new secret; the old ones end after the overlap',
  }),
} as const
