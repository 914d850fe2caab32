import type { Client } from '../../model/clients/client.ts'
import { type Grant, usedAt } from '../../model/credentials/credential.ts'
import type { Scope } from '../../model/scopes/scope.ts'
import type { Act, Oneself } from '../../model/users/actor.ts'
import type { World } from '../world.ts'

/* An application with grants of the user: once, with all its grants and their use. */

export type ConnectedApp = {
  client: Client
  scopes: Scope[]
  /** The time of the first grant, and the time of the last use of any token, in milliseconds since 1970. */
  since: number
  lastUsedAt?: number
  /** The time of the latest grant. */
  allowedAt: number
  /** The number of access tokens issued so far, with or without a row. */
  tokensIssued: number
  /** Networks from which its tokens were accepted, latest first. */
  networks: string[]
  grantIds: string[]
  /** Names of the keys that the user presented to allow this application. The access ends when the key ends. */
  keys: string[]
}

/** Newest first. Deleted applications are not listed, because their grants were deleted too. */
export async function listConnectedApps(needs: Needs, act: Act<Oneself>): Promise<ConnectedApp[]> {
  const { id: userId } = act.by.user
  const grants = await needs.grants.ofUser(userId)
  const byClient = new Map<string, Grant[]>()
  for (const grant of grants) byClient.set(grant.clientId, [...(byClient.get(grant.clientId) ?? []), grant])
  const [networks, keys] = await Promise.all([
    needs.usage.networksOfGrants(grants.map(({ id }) => id)),
    needs.credentials.byIds([...new Set(grants.flatMap(({ parentId }) => parentId ?? []))]),
  ])
  const apps = await Promise.all(
    [...byClient].map(async ([clientId, mine]) => {
      const client = await needs.lookups.client(clientId)
      const behind = keys.filter(({ id }) => mine.some(({ parentId }) => parentId === id))
      return client && { ...describe(client, mine, networks), keys: behind.map(({ name, hint }) => name ?? hint) }
    }),
  )
  return apps.filter(app => app !== undefined)
}

function describe(client: Client, grants: Grant[], networks: Networks): Omit<ConnectedApp, 'keys'> {
  const grantIds = grants.map(({ id }) => id)
  // Uses the grant's time of last use, because tokens may have no row, or lose it soon after their end.
  const used = grants.map(grant => usedAt(grant) ?? 0)
  const from = grants.flatMap(({ id }) => networks.get(id) ?? []).sort((a, b) => b.at - a.at)
  const app: Omit<ConnectedApp, 'keys'> = {
    client,
    scopes: [...new Set(grants.flatMap(({ scopes }) => scopes))],
    since: Math.min(...grants.map(({ createdAt }) => createdAt)),
    allowedAt: Math.max(...grants.map(({ createdAt }) => createdAt)),
    tokensIssued: grants.reduce((sum, grant) => sum + grant.tokensIssued, 0),
    networks: [...new Set(from.map(({ network }) => network))],
    grantIds,
  }
  if (Math.max(0, ...used) > 0) app.lastUsedAt = Math.max(...used)
  return app
}

type Networks = Awaited<ReturnType<World['usage']['networksOfGrants']>>
type Needs = Pick<World, 'grants' | 'credentials' | 'lookups' | 'usage'>
