import { z } from 'zod'
import { VIEW_PAGES } from '../../../model/saved-view.ts'
import { text, time } from './shapes.ts'

export const savedView = z
  .object({
    name: z.string(),
    page: z.enum(VIEW_PAGES),
    query: z.string().meta({ description: 'The filters as they stand in the address of the page.' }),
    created_at: time,
  })
  .meta({ id: 'SavedView' })
export const putViewBody = z.strictObject({ page: z.enum(VIEW_PAGES), query: text(1000) })
