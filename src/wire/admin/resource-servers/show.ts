import type { z } from 'zod'
import type { ResourceServer } from '../../../model/clients/client.ts'
import type * as contract from '../contract.ts'
import { seconds } from '../times.ts'

export const showResource = (resource: ResourceServer): z.infer<typeof contract.resourceServer> => ({
  id: resource.clientId,
  audience: resource.audience,
  name: resource.name,
  scopes: resource.scopes,
  token_format: resource.tokenFormat,
  strict_audience: resource.strictAudience,
  key_consent: resource.keyConsent === true,
  rolling_exp_seconds: resource.rollingExpSeconds ?? null,
  created_at: seconds(resource.createdAt),
})
