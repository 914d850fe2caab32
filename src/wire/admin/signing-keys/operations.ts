import { deleted } from '../credentials/schemas.ts'
import { operation } from '../operation.ts'
import { list } from '../shapes.ts'
import { rotateSigningKeyBody, signingKey } from './schemas.ts'

/** Keys that sign tokens. */
export const signingKeysOperations = {
  listSigningKeys: operation({
    on: ['GET', '/v1/signing-keys'],
    status: 200,
    answer: list(signingKey),
    tag: 'Signing keys',
    summary: 'List the keys that sign tokens',
  }),
  rotateSigningKey: operation({
    on: ['POST', '/v1/signing-keys'],
    body: rotateSigningKeyBody,
    fresh: true,
    status: 201,
    answer: signingKey,
    tag: 'Signing keys',
    summary: 'A new key signs from now on; the old one of its algorithm stays published',
  }),
  removeSigningKey: operation({
    on: ['DELETE', '/v1/signing-keys/:id'],
    fresh: true,
    status: 200,
    answer: deleted,
    tag: 'Signing keys',
    summary: 'Withdraw a retired key; tokens it signed stop working',
  }),
} as const
