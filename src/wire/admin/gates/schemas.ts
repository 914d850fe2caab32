import { z } from 'zod'
import { GATE_PROFILES, PREFLIGHTS } from '../../../model/clients/gate.ts'
import { scopes, text, time, uri } from '../shapes.ts'

const preflights = z
  .enum(PREFLIGHTS)
  .meta({ description: 'CORS preflights: checked, or let through; docs/proxies.md says which proxy needs which.' })

const profile = z.enum(GATE_PROFILES).meta({ description: 'Which credentials pass, and how a refusal reads.' })

const audience = uri.nullable().meta({ description: 'null: only credentials that name no audience pass.' })

export const gate = z
  .object({
    name: z.string(),
    address: z.string().meta({ description: 'What the proxy is set to.' }),
    audience,
    scopes: z.array(z.string()).meta({ description: 'All of them must be held.' }),
    profile,
    preflights,
    created_at: time,
  })
  .meta({ id: 'Gate' })

export const createGateBody = z.strictObject({
  name: text(64).meta({ examples: ['orders'] }),
  audience: audience.default(null),
  scopes: scopes.default([]),
  profile: profile.default('oauth'),
  preflights: preflights.default('check'),
})

export const changeGateBody = z.strictObject({
  audience: audience.optional(),
  scopes: scopes.optional(),
  profile: profile.optional(),
  preflights: preflights.optional(),
})
