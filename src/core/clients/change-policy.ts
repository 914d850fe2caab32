import { type Client, type Policy, pkceOf } from '../../model/clients/client.ts'
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

/** Warnings for operators about a policy weaker than the standard, one sentence each. */
export function policyWarnings(client: Pick<Client, 'type' | 'policy'>, standard: Policy['pkce']): string[] {
  const { httpRedirects, outOfBand, accessTokenSeconds } = client.policy
  const warnings: string[] = []
  if (pkceOf(client, standard) === 'when-sent')
    warnings.push(
      'PKCE is checked only when it is sent: without it, a stolen code works in the session of another person.',
    )
  if (httpRedirects === 'private')
    warnings.push('Codes may travel over plain http in a private network: other machines there can read and use them.')
  if (httpRedirects === 'allowed')
    warnings.push('Codes may travel over plain http to any machine: everyone on the way can read and use them.')
  if (outOfBand === 'allowed')
    warnings.push('Codes may be shown on a page to be copied: people can be talked into handing them on.')
  if (accessTokenSeconds === null) warnings.push('Access tokens live until they are revoked.')
  return warnings
}
