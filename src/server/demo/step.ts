import type { World } from '../../core/world.ts'
import type { Client } from '../../model/clients/client.ts'
import type { Credential, Grant } from '../../model/credentials/credential.ts'
import type { Role, User } from '../../model/users/user.ts'

/** One event of the demo. `run` gets a world whose clock shows `at`. */
export type Step = { at: number; what: string; run(world: World, made: DemoContent): Promise<unknown> }

/** The things that earlier steps have made, for later steps and for the traffic. */
export type DemoContent = {
  users: Map<string, User>
  credentials: Credential[]
  grants: Grant[]
  clients: Client[]
  logins: DemoLogin[]
}

/** A person who can sign in, with the password that was made for this demo. It is known only when the demo is made. */
export type DemoLogin = { handle: string; role: Role; password: string }
