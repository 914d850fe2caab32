import { describeScope } from '../../../core/resources/describe-scope.ts'
import { forgetScope } from '../../../core/resources/forget-scope.ts'
import { answered, type Handlers } from '../handler.ts'
import type { scopesOperations } from './operations.ts'

export const scopesHandlers: Handlers<keyof typeof scopesOperations> = {
  listScopes: async world => answered({ items: await world.scopes.list() }),

  async putScope(world, act, { id, body }) {
    const { scope, sentence, risk } = await describeScope(world, act, { scope: id, ...body })
    return answered({ scope, sentence, risk })
  },

  async deleteScope(world, act, { id }) {
    await forgetScope(world, act, { scope: id })
    return answered({ deleted: true })
  },
}
