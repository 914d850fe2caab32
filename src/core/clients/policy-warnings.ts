import { type Client, type Policy, pkceOf } from '../../model/clients/client.ts'

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
