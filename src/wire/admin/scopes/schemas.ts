import { z } from 'zod'
import { text } from '../shapes.ts'

export const scopeText = z
  .object({ scope: z.string(), sentence: z.string(), risk: z.enum(['low', 'high']) })
  .meta({ id: 'Scope' })

export const putScopeBody = z.strictObject({ sentence: text(300), risk: z.enum(['low', 'high']).default('low') })
