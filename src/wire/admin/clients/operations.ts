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
    summary: 'Register an application',
    details: 'The secret is only in this answer.',
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
    summary: 'Delete an application',
    details: 'Revokes everything that was issued to it.',
  }),
  clientImpact: operation({
    on: ['GET', '/v1/clients/:id/impact'],
    query: clientImpactQuery,
    status: 200,
    answer: impact,
    tag: 'Applications',
    summary: 'Preview the effect on an application',
    details: 'Lists what stops working when the application is disabled or deleted.',
  }),
  listClientSecrets: operation({
    on: ['GET', '/v1/clients/:id/secrets'],
    status: 200,
    answer: list(clientSecret),
    tag: 'Applications',
    summary: 'List the secrets of an application',
    details: 'Shows the start, the last four characters and the end of each secret, not the secret itself.',
  }),
  rotateClientSecret: operation({
    on: ['POST', '/v1/clients/:id/secrets'],
    fresh: true,
    body: rotateSecretBody,
    status: 201,
    answer: createdSecret,
    tag: 'Applications',
    summary: 'Rotate the secret of an application',
    details: 'Makes a new secret. The old secrets work until the overlap ends.',
  }),
} as const
