import { isHighRisk } from '../../../src/wire/admin/contract.ts'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { t } from '../language/t.ts'

export type KnownScope = { scope: string; sentence?: string; risk: 'low' | 'high' }
export type KnownScopes = {
  groups: readonly { group: string; items: readonly KnownScope[] }[]
  /** True if other scopes can be typed: the operator allows it, or no API declares one. */
  free: boolean
  /** Scopes that APIs declare. */
  declared: readonly string[]
  find(scope: string): KnownScope | undefined
}

/**
 * The scopes to choose from, with description and risk: those of each API, other described ones, those of enabled older
 * systems, and the management scopes that the visitor holds. Undefined while loading.
 */
export function useKnownScopes(): KnownScopes | undefined {
  const { permissions, rules } = useSession()
  const texts = useAsk('listScopes')
  const apis = useAsk('listResourceServers')
  if ((!texts.data && !texts.error) || (!apis.data && !apis.error)) return undefined
  const words = new Map((texts.data?.items ?? []).map(text => [text.scope, text]))
  const known = new Map<string, KnownScope>()
  const groups: { group: string; items: KnownScope[] }[] = []
  const add = (group: string, scopes: readonly string[]) => {
    const fresh = [...new Set(scopes)].filter(scope => !known.has(scope)).map(scope => inWords(scope, words))
    for (const one of fresh) known.set(one.scope, one)
    if (fresh.length > 0) groups.push({ group, items: fresh })
  }
  const servers = apis.data?.items ?? []
  for (const { name, scopes } of servers) add(name, scopes)
  const declared = [...known.keys()]
  add(declared.length > 0 ? t('Described here') : t('Scopes'), [...words.keys()])
  if (declared.length === 0) add(t('Usual'), ['read', 'write'])
  add(t('Older systems'), rules.dialect_scopes)
  const management = permissions.flatMap(held => (held.includes(':') ? [held] : [`${held}:read`, `${held}:write`]))
  add(t('Management of Claviger'), management)
  return { groups, free: rules.free_scopes || declared.length === 0, declared, find: scope => known.get(scope) }
}

function inWords(scope: string, words: ReadonlyMap<string, { sentence: string; risk: 'low' | 'high' }>): KnownScope {
  const text = words.get(scope)
  if (text) return { scope, sentence: text.sentence, risk: text.risk }
  const sentence = MANAGED[scope]
  return { scope, ...(sentence && { sentence }), risk: isHighRisk(scope) ? 'high' : 'low' }
}

/** What a scope of the management API permits. Its area alone permits all of it. */
const MANAGED: Readonly<Record<string, string>> = {
  users: t('see and change all users'),
  'users:read': t('see all users'),
  'users:write': t('change all users'),
  clients: t('see and change all applications'),
  'clients:read': t('see all applications'),
  'clients:write': t('change all applications'),
  credentials: t('see, issue and revoke all credentials'),
  'credentials:read': t('see all credentials'),
  'credentials:write': t('issue and change all credentials'),
  'credentials:revoke': t('revoke all credentials'),
  resources: t('see and change APIs, scopes and gates'),
  'resources:read': t('see APIs, scopes and gates'),
  'resources:write': t('change APIs, scopes and gates'),
  journal: t('see all activity'),
  'journal:read': t('see all activity'),
  keys: t('see and change signing keys'),
  'keys:read': t('see signing keys'),
  'keys:write': t('change signing keys'),
  settings: t('see and change the settings'),
  'settings:read': t('see the settings'),
  'settings:write': t('change the settings'),
}

export function useKnownAudiences(): string[] {
  const apis = useAsk('listResourceServers')
  return (apis.data?.items ?? []).map(({ audience }) => audience)
}
