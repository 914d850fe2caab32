import type { z } from 'zod'
import type { SigningKey } from '../../../ports/stores.ts'
import type * as contract from '../contract.ts'
import { maybeSeconds, seconds } from '../times.ts'

export const showSigningKey = (key: SigningKey): z.infer<typeof contract.signingKey> => ({
  id: key.id,
  algorithm: key.algorithm,
  state: key.retiredAt === undefined ? 'signing' : 'retired',
  created_at: seconds(key.createdAt),
  retired_at: maybeSeconds(key.retiredAt),
  public_jwk: key.publicJwk,
})
