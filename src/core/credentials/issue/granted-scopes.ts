import { type Client, withinAllowed } from '../../../model/clients/client.ts'
import type { Scope } from '../../../model/scopes/scope.ts'
import { effectiveScopes, type User } from '../../../model/users/user.ts'

/** The granted scopes that the user may use now and that the client is registered for. */
export const grantedScopes = (ask: {
  client: Pick<Client, 'scopes' | 'policy'>
  user?: User | undefined
  scopes: Scope[]
}): Scope[] => withinAllowed(ask.client, effectiveScopes(ask.scopes, ask.user))
