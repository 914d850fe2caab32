import { deleted } from '../credentials/schemas.ts'
import { operation } from '../operation.ts'
import { list } from '../shapes.ts'
import {
  createdRegistrationBlock,
  createdRegistrationToken,
  createRegistrationBlockBody,
  createRegistrationTokenBody,
  registrationBlock,
  registrationToken,
} from './schemas.ts'

/** Initial access tokens and blocks for clients that register themselves. */
export const registrationsOperations = {
  listRegistrationTokens: operation({
    on: ['GET', '/v1/registration-tokens'],
    status: 200,
    answer: list(registrationToken),
    tag: 'Registrations',
    summary: 'List initial access tokens',
    details: 'Shows the tokens that still work.',
  }),
  createRegistrationToken: operation({
    on: ['POST', '/v1/registration-tokens'],
    fresh: true,
    body: createRegistrationTokenBody,
    status: 201,
    answer: createdRegistrationToken,
    tag: 'Registrations',
    summary: 'Create an initial access token',
    details: 'Clients register themselves with it (RFC 7591).',
  }),
  revokeRegistrationToken: operation({
    on: ['DELETE', '/v1/registration-tokens/:id'],
    status: 200,
    answer: deleted,
    tag: 'Registrations',
    summary: 'Revoke an initial access token',
    details: 'The clients that registered with it stay.',
  }),
  listRegistrationBlocks: operation({
    on: ['GET', '/v1/registration-blocks'],
    status: 200,
    answer: list(registrationBlock),
    tag: 'Registrations',
    summary: 'List blocks of registrations',
    details: 'Networks and hosts that may not register clients.',
  }),
  createRegistrationBlock: operation({
    on: ['POST', '/v1/registration-blocks'],
    fresh: true,
    body: createRegistrationBlockBody,
    status: 201,
    answer: createdRegistrationBlock,
    tag: 'Registrations',
    summary: 'Block registrations',
    details: 'Refuses clients that register themselves from a network, or with a host in their addresses.',
  }),
  deleteRegistrationBlock: operation({
    on: ['DELETE', '/v1/registration-blocks/:id'],
    status: 200,
    answer: deleted,
    tag: 'Registrations',
    summary: 'Delete a block of registrations',
    details: 'Clients that were disabled with the block stay disabled.',
  }),
} as const
