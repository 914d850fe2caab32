import type { Client, Policy } from '../../model/clients/client.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Scope } from '../../model/scopes/scope.ts'

/** The policy that staff set for one client. `standard` restores the server's value. */
export type PolicyChange = Partial<Omit<Policy, 'pkce' | 'pkceChosen'>> & { pkce?: Policy['pkce'] | 'standard' }

/** The scopes that a policy change names. */
export const namedIn = ({ defaultScopes = 'registered' }: PolicyChange = {}): readonly Scope[] =>
  defaultScopes === 'registered' ? [] : defaultScopes

/** Applies a change to a policy. */
export function changePolicy(type: Client['type'], before: Policy, change: PolicyChange): Policy {
  const { pkce, ...others } = change
  const after: Policy = { ...before, ...others }
  if (pkce === undefined) return after
  if (type === 'public' && pkce === 'when-sent')
    throw new Refusal('parameter-invalid', 'a public client without PKCE', {
      parameter: 'pkce',
      sentence: 'A public client must use PKCE: nothing else shows that its code was not stolen.',
    })
  delete after.pkceChosen
  return pkce === 'standard' ? { ...after, pkce: 'required' } : { ...after, pkce, pkceChosen: true }
}
