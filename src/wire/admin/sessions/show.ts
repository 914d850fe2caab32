import type { z } from 'zod'
import type { Credential } from '../../../model/credentials/credential.ts'
import type { Session } from '../../../model/users/session.ts'
import type * as contract from '../contract.ts'
import { maybeSeconds, seconds } from '../times.ts'

export const showSession = (
  credential: Credential<'session'>,
  user: { id: string; name: string | null },
  current: Session | undefined,
): z.infer<typeof contract.session> => ({
  id: credential.id,
  user: { id: user.id, handle: user.name ?? '' },
  current: current?.credential.id === credential.id,
  user_agent: credential.data.device.userAgent ?? null,
  ip: credential.data.device.ip ?? null,
  authenticated_at: seconds(credential.data.authentication.at),
  methods: [...credential.data.authentication.methods],
  created_at: seconds(credential.createdAt),
  expires_at: maybeSeconds(credential.expiresAt),
  last_used_at: maybeSeconds(credential.lastUsedAt),
})
