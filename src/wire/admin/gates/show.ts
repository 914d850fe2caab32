import type { z } from 'zod'
import type { World } from '../../../core/world.ts'
import type { Gate } from '../../../model/clients/gate.ts'
import type * as contract from '../contract.ts'
import { seconds } from '../times.ts'

export const showGate = ({ rules }: Pick<World, 'rules'>, gate: Gate): z.infer<typeof contract.gate> => ({
  name: gate.name,
  address: `${rules.issuer}/forward-auth/gates/${gate.name}`,
  audience: gate.audience ?? null,
  scopes: gate.scopes,
  profile: gate.profile,
  preflights: gate.preflights,
  created_at: seconds(gate.createdAt),
})
