import { KINDS, statusOf } from '../../model/credentials/credential.ts'
import type { Act, UserActor } from '../../model/users/actor.ts'
import { userFields } from '../../model/users/user.ts'
import { listConnectedApps } from '../oauth/list-connected-apps.ts'
import type { World } from '../world.ts'

/** Exports everything stored about a person, without secrets. Times are ISO 8601. */
export async function exportAccount(needs: Needs, act: Act<UserActor>): Promise<Record<string, unknown>> {
  const { user } = act.by
  const [credentials, apps, journal] = await Promise.all([
    needs.credentials.list({ userId: user.id }, { limit: 1000 }),
    listConnectedApps(needs, act),
    needs.journal.list({ userId: user.id }, { limit: 1000 }),
  ])
  const now = needs.now()
  return {
    exported_at: time(now),
    profile: {
      ...userFields(user),
      scopes: user.scopes ?? null,
      created_at: time(user.createdAt),
    },
    applications: apps.map(app => ({
      client_id: app.client.id,
      name: app.client.name,
      scopes: app.scopes,
      allowed_at: time(app.since),
      last_used_at: time(app.lastUsedAt),
      tokens_issued: app.tokensIssued,
      networks: app.networks,
    })),
    credentials: credentials.items.map(credential => ({
      id: credential.id,
      kind: KINDS[credential.kind].shown,
      name: credential.name ?? null,
      hint: credential.hint,
      scopes: credential.scopes ?? null,
      status: statusOf(credential, now),
      created_at: time(credential.createdAt),
      expires_at: time(credential.expiresAt),
      last_used_at: time(credential.lastUsedAt),
    })),
    activity: journal.items.map(({ at, event, about, reason, ip }) => ({
      at: time(at),
      event,
      about,
      reason: reason ?? null,
      ip: ip ?? null,
    })),
  }
}

const time = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString())

type Needs = Pick<World, 'credentials' | 'grants' | 'lookups' | 'usage' | 'journal' | 'now'>
