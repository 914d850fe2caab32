import { beyondAllowed, type Client } from '../../model/clients/client.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { checkScopes } from '../../model/scopes/check-scopes.ts'
import type { Scope } from '../../model/scopes/scope.ts'

/** The scopes of a request: the requested ones, or the client's default, limited to the client's registered scopes. */
export function chooseScopes(
  client: Pick<Client, 'id' | 'scopes' | 'policy'>,
  asked: readonly Scope[] | undefined,
): Scope[] {
  if (!asked || asked.length === 0) {
    const standard = client.policy.defaultScopes
    return standard === 'registered'
      ? [...client.scopes]
      : standard.filter(scope => beyondAllowed(client, [scope]).length === 0)
  }
  checkScopes(asked)
  const beyond = beyondAllowed(client, asked)
  if (beyond.length > 0)
    throw new Refusal('scope-too-wide', `${client.id} is not registered for ${beyond.join(' ')}`, {
      scopes: client.scopes,
      sentence: `The scope "${beyond.join(' ')}" is not among those this client is registered for.`,
    })
  return [...asked]
}
