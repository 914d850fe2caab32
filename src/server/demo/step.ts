import type { World } from '../../core/world.ts'
import type { Client } from '../../model/client.ts'
import type { Credential, Grant } from '../../model/credential.ts'
import type { User } from '../../model/user.ts'

/** One thing that happened, at its time. The world it gets says that this is now. */
export type Step = { at: number; what: string; run(world: World, made: DemoContent): Promise<unknown> }

/** What the steps before have made, for those after and for the traffic. */
export type DemoContent = { users: Map<string, User>; credentials: Credential[]; grants: Grant[]; clients: Client[] }
