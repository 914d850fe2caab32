import { find } from '../../../core/journal/find.ts'
import { showFound } from '../../../core/journal/show-found.ts'
import { answered, type Handlers } from '../handler.ts'
import type { findOperations } from './operations.ts'

export const findHandlers: Handlers<keyof typeof findOperations> = {
  async find(world, act, { body }) {
    return answered({ items: await showFound(world, await find(world, act, body)) })
  },
}
