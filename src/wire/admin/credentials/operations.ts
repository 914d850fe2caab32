import { operation } from '../operation.ts'
import { page } from '../shapes.ts'
import {
  bulkRevokeBody,
  changeCredentialBody,
  createCredentialBody,
  createdCredential,
  credential,
  credentialsQuery,
  impact,
  revoked,
  rotateCredentialBody,
} from './schemas.ts'

/** Keys, tokens and token pairs. */
export const credentialsOperations = {
  listCredentials: operation({
    on: ['GET', '/v1/credentials'],
    query: credentialsQuery,
    status: 200,
    answer: page(credential),
    tag: 'Credentials',
    summary: 'List credentials of every kind',
  }),
  createCredential: operation({
    on: ['POST', '/v1/credentials'],
    fresh: true,
    body: createCredentialBody,
    status: 201,
    answer: createdCredential,
    tag: 'Credentials',
    summary: 'Make an application token, an API key or a user/token pair; its secret is in this answer and never again',
  }),
  getCredential: operation({
    on: ['GET', '/v1/credentials/:id'],
    status: 200,
    answer: credential,
    tag: 'Credentials',
    summary: 'Read a credential',
  }),
  changeCredential: operation({
    on: ['PATCH', '/v1/credentials/:id'],
    fresh: true,
    body: changeCredentialBody,
    status: 200,
    answer: credential,
    tag: 'Credentials',
    summary: 'Change an application token, an API key or a user/token pair, or disable and enable it; its secret stays',
  }),
  credentialImpact: operation({
    on: ['GET', '/v1/credentials/:id/impact'],
    status: 200,
    answer: impact,
    tag: 'Credentials',
    summary: 'What stops when this credential is revoked',
  }),
  rotateCredential: operation({
    on: ['POST', '/v1/credentials/:id/rotate'],
    fresh: true,
    body: rotateCredentialBody,
    status: 201,
    answer: createdCredential,
    tag: 'Credentials',
    summary: 'Replace an application token or API key; the old one works until the overlap ends',
  }),
  revokeCredential: operation({
    on: ['POST', '/v1/credentials/:id/revoke'],
    fresh: true,
    status: 200,
    answer: revoked,
    tag: 'Credentials',
    summary: 'Revoke a credential; a refresh token takes its whole grant with it',
  }),
  revokeCredentials: operation({
    on: ['POST', '/v1/credentials/revoke'],
    fresh: true,
    body: bulkRevokeBody,
    status: 200,
    answer: revoked,
    tag: 'Credentials',
    summary: 'Revoke several credentials: named ones, or all of an owner or an application',
  }),
} as const
