import type { Credential } from '../../../model/credentials/credential.ts'
import type { Act, Oneself } from '../../../model/users/actor.ts'
import type { Page } from '../../../ports/paging.ts'
import type { World } from '../../world.ts'

/** The user's long-lived credentials, in every state. */
export const OWN_KEYS = ['application-token', 'api-key'] as const

export const listOwnKeys = (needs: Needs, act: Act<Oneself>): Promise<Page<Credential>> =>
  needs.credentials.list({ userId: act.by.user.id, kinds: OWN_KEYS }, { limit: 200 })

type Needs = Pick<World, 'credentials'>
