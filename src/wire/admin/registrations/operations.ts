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

/** Clients that register themselves: with which tokens, and which may not. */
export const registrationsOperations = {
  listRegistrationTokens: operation({
    on: ['GET', '/v1/registration-tokens'],
    status: 200,
    answer: list(registrationToken),
    tag: 'Registrations',
    summary: 'List initial access tokens that are still good',
  }),
  createRegistrationToken: operation({
    on: ['POST', '/v1/registration-tokens'],
    fresh: true,
    body: createRegistrationTokenBody,
    status: 201,
    answer: createdRegistrationToken,
    tag: 'Registrations',
    summary: 'Make an initial access token, with which clients register themselves (RFC 7591)',
  }),
  revokeRegistrationToken: operation({
    on: ['DELETE', '/v1/registration-tokens/:id'],
    status: 200,
    answer: deleted,
    tag: 'Registrations',
    summary: 'End an initial access token; the clients that registered with it stay',
  }),
  listRegistrationBlocks: operation({
    on: ['GET', '/v1/registration-blocks'],
    status: 200,
    answer: list(registrationBlock),
    tag: 'Registrations',
    summary: 'List networks and hosts that may not register clients',
  }),
  createRegistrationBlock: operation({
    on: ['POST', '/v1/registration-blocks'],
    fresh: true,
    body: createRegistrationBlockBody,
    status: 201,
    answer: createdRegistrationBlock,
    tag: 'Registrations',
    summary: 'Let no client register itself from a network, or with a host in its addresses',
  }),
  deleteRegistrationBlock: operation({
    on: ['DELETE', '/v1/registration-blocks/:id'],
    status: 200,
    answer: deleted,
    tag: 'Registrations',
    summary: 'Take a block away; clients that were disabled with it stay disabled',
  }),
} as const
