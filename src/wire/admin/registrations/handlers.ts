import { type BlockRegistrations, blockRegistrations } from '../../../core/clients/registration/block-registrations.ts'
import { blockIdOf } from '../../../core/clients/registration/blocks.ts'
import { type CreateInitialToken, createInitialToken } from '../../../core/clients/registration/create-initial-token.ts'
import { listInitialTokens } from '../../../core/clients/registration/list-initial-tokens.ts'
import { revokeInitialToken } from '../../../core/clients/registration/revoke-initial-token.ts'
import { unblockRegistrations } from '../../../core/clients/registration/unblock-registrations.ts'
import { missing } from '../../../model/refusals/missing.ts'
import { DAY } from '../../../model/span.ts'
import { answered, given, type Handlers, milliseconds } from '../handler.ts'
import type { registrationsOperations } from './operations.ts'
import { showRegistrationBlock, showRegistrationToken } from './show.ts'

export const registrationsHandlers: Handlers<keyof typeof registrationsOperations> = {
  listRegistrationTokens: async (world, act) =>
    answered({ items: (await listInitialTokens(world, act)).map(showRegistrationToken) }),

  async createRegistrationToken(world, act, { body }) {
    const { secret, credential } = await createInitialToken(
      world,
      act,
      given<CreateInitialToken>({
        name: body.name,
        uses: body.uses,
        scopes: body.scopes,
        grantTypes: body.grant_types,
        expiresAt: body.expires_at === undefined ? world.now() + DAY : milliseconds(body.expires_at),
      }),
    )
    return {
      body: { token: secret, registration_token: showRegistrationToken(credential) },
      location: '/v1/registration-tokens',
    }
  },

  async revokeRegistrationToken(world, act, { id }) {
    await revokeInitialToken(world, act, { id })
    return answered({ deleted: true })
  },

  listRegistrationBlocks: async world =>
    answered({ items: (await world.registrations.blocks()).map(showRegistrationBlock) }),

  async createRegistrationBlock(world, act, { body }) {
    const { block, disabled } = await blockRegistrations(world, act, given<BlockRegistrations>(body))
    return { body: { registration_block: showRegistrationBlock(block), disabled }, location: '/v1/registration-blocks' }
  },

  async deleteRegistrationBlock(world, act, { id }) {
    const block = (await world.registrations.blocks()).find(one => blockIdOf(one) === id)
    if (!block) throw missing('block', id)
    await unblockRegistrations(world, act, block)
    return answered({ deleted: true })
  },
}
