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
    summary: 'List signing keys',
  }),
  rotateSigningKey: operation({
    on: ['POST', '/v1/signing-keys'],
    body: rotateSigningKeyBody,
    fresh: true,
    status: 201,
    answer: signingKey,
    tag: 'Signing keys',
    summary: 'Rotate the signing key',
    details:
      'The new key signs from now on. The old key of the same algorithm stays published, so tokens that it signed stay valid.',
  }),
  removeSigningKey: operation({
    on: ['DELETE', '/v1/signing-keys/:id'],
    fresh: true,
    status: 200,
    answer: deleted,
    tag: 'Signing keys',
    summary: 'Remove a retired signing key',
    details:
      'Tokens that the key signed stop working. Its id tokens still count as hints for a year after the key was retired. Retired keys leave the published set by themselves: those of access tokens (ES256) after a year and a day, others after two days.',
  }),
} as const
