import { beyondAllowed, type Client } from '../../model/clients/client.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { isScope, type Scope } from '../../model/scopes/scope.ts'

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
  refuseStrange(asked)
  const beyond = beyondAllowed(client, asked)
  if (beyond.length > 0)
    throw new Refusal('scope-too-wide', `${client.id} is not registered for ${beyond.join(' ')}`, {
      scopes: client.scopes,
      sentence: `The scope "${beyond.join(' ')}" is not among those this client is registered for.`,
    })
  return [...asked]
}

/** RFC 6749 section 3.3: refuses invalid scopes, because the scope hierarchy compares only the beginning of a text. */
export function refuseStrange(scopes: readonly Scope[]): void {
  if (!scopes.every(isScope))
    throw new Refusal('scope-unknown', 'a scope with characters that no scope has', { parameter: 'scope' })
}
