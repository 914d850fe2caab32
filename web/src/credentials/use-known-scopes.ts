import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'

/** Scopes to pick from: those with words, those of APIs, and the parts of this API that the visitor holds. */
export function useKnownScopes(): { group: string; items: string[] }[] {
  const { permissions } = useSession()
  const texts = useAsk('listScopes')
  const apis = useAsk('listResourceServers')
  const own = [...new Set([...(texts.data?.items ?? []).map(({ scope }) => scope), 'read', 'write'])].sort()
  const seen = new Set(own)
  const groups = [{ group: 'Scopes', items: own }]
  for (const { name, scopes } of apis.data?.items ?? []) {
    const fresh = scopes.filter(scope => !seen.has(scope))
    for (const scope of fresh) seen.add(scope)
    if (fresh.length > 0) groups.push({ group: name, items: fresh })
  }
  const management = permissions
    .flatMap(held => (held.includes(':') ? [held] : [`${held}:read`, `${held}:write`]))
    .filter(scope => !seen.has(scope))
  if (management.length > 0) groups.push({ group: 'Management of Claviger', items: [...new Set(management)] })
  return groups
}

export function useKnownAudiences(): string[] {
  const apis = useAsk('listResourceServers')
  return (apis.data?.items ?? []).map(({ audience }) => audience)
}
