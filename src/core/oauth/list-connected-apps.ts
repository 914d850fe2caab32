import type { Act, Oneself } from '../../model/actor.ts'
import type { Client } from '../../model/client.ts'
import type { Credential, Grant } from '../../model/credential.ts'
import type { Scope } from '../../model/scope.ts'
import type { World } from '../world.ts'

/* What a person allowed: each application once, however often it was allowed, with all that came of it. */

export type ConnectedApp = {
  client: Client
  scopes: Scope[]
  /** Milliseconds since the epoch: first allowed, last used by anything that came of it. */
  since: number
  lastUsedAt?: number
  /** When it was last allowed. */
  allowedAt: number
  /** Live access tokens. */
  tokens: Credential[]
  grantIds: string[]
}

/** Newest first. An application that was deleted took everything along and is not listed. */
export async function listConnectedApps(needs: Needs, act: Act<Oneself>): Promise<ConnectedApp[]> {
  const { id: userId } = act.by.user
  const [grants, tokens] = await Promise.all([needs.grants.ofUser(userId), liveTokens(needs, userId)])
  const byClient = new Map<string, Grant[]>()
  for (const grant of grants) byClient.set(grant.clientId, [...(byClient.get(grant.clientId) ?? []), grant])
  const apps = await Promise.all(
    [...byClient].map(async ([clientId, mine]) => {
      const client = await needs.lookups.client(clientId)
      return client && describe(client, mine, tokens)
    }),
  )
  return apps.filter(app => app !== undefined)
}

function describe(client: Client, grants: Grant[], all: readonly Credential[]): ConnectedApp {
  const grantIds = grants.map(({ id }) => id)
  const tokens = all.filter(({ grantId }) => grantId !== undefined && grantIds.includes(grantId))
  // Tokens go soon after their end; a refresh token that was exchanged is use, too.
  const used = [...tokens.map(({ lastUsedAt }) => lastUsedAt ?? 0), ...grants.map(({ rotatedAt }) => rotatedAt ?? 0)]
  const app: ConnectedApp = {
    client,
    scopes: [...new Set(grants.flatMap(({ scopes }) => scopes))],
    since: Math.min(...grants.map(({ createdAt }) => createdAt)),
    allowedAt: Math.max(...grants.map(({ createdAt }) => createdAt)),
    tokens,
    grantIds,
  }
  if (Math.max(0, ...used) > 0) app.lastUsedAt = Math.max(...used)
  return app
}

/** Enough for one person; beyond that the newest count. */
const MOST_TOKENS = 1000
const liveTokens = async (needs: Needs, userId: string): Promise<Credential[]> =>
  (await needs.credentials.list({ userId, kinds: ['access-token'], status: 'active' }, { limit: MOST_TOKENS })).items

type Needs = Pick<World, 'grants' | 'credentials' | 'lookups'>
