import type { z } from 'zod'
import { blockIdOf } from '../../../core/clients/registration/blocks.ts'
import type { InitialToken } from '../../../core/clients/registration/create-initial-token.ts'
import type { RegistrationBlock } from '../../../model/clients/registration-block.ts'
import type * as contract from '../contract.ts'
import { maybeSeconds, seconds } from '../times.ts'

export const showRegistrationToken = (token: InitialToken): z.infer<typeof contract.registrationToken> => ({
  id: token.id,
  name: token.name ?? null,
  hint: token.hint,
  uses_left: token.data.usesLeft ?? null,
  scopes: token.scopes ?? null,
  grant_types: [...token.data.grantTypes],
  created_at: seconds(token.createdAt),
  expires_at: maybeSeconds(token.expiresAt),
  last_used_at: maybeSeconds(token.lastUsedAt),
})

export const showRegistrationBlock = (block: RegistrationBlock): z.infer<typeof contract.registrationBlock> => ({
  id: blockIdOf(block),
  subject: block.subject,
  value: block.value,
  note: block.note ?? null,
  created_at: seconds(block.createdAt),
})
