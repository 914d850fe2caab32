import { removeSigningKey } from '../../../core/services/signing-keys/remove-signing-key.ts'
import { rotateSigningKey } from '../../../core/services/signing-keys/rotate-signing-key.ts'
import { answered, type Handlers } from '../handler.ts'
import type { signingKeysOperations } from './operations.ts'
import { showSigningKey } from './show.ts'

export const signingKeysHandlers: Handlers<keyof typeof signingKeysOperations> = {
  listSigningKeys: async world => answered({ items: (await world.signingKeys.list()).map(showSigningKey) }),

  async rotateSigningKey(world, act, { body }) {
    const key = await rotateSigningKey(world, act, body)
    return { body: showSigningKey(key), location: '/v1/signing-keys' }
  },

  async removeSigningKey(world, act, { id }) {
    await removeSigningKey(world, act, { id })
    return answered({ deleted: true })
  },
}
