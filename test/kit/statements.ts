import assert from 'node:assert/strict'
import { DAY } from '../../src/model/span.ts'
import type { Running } from '../../src/server/start.ts'
import { type addClient, askTokens } from './cast.ts'

/* Access tokens of clients for themselves, as they are asked for, shown and given back. */

/** All processes of an installation have one issuer. */
export const SHARED = { CLAVIGER_URL: 'https://auth.example' }

export const status = async ({ url }: Running, token: string | undefined) =>
  (await fetch(`${url}/v1/whoami`, { headers: { authorization: `Bearer ${token}` } })).status

type App = Awaited<ReturnType<typeof addClient>>
export const tokenOf = async ({ url }: Running, app: App, form: Record<string, string> = {}) =>
  (await askTokens(url, app, { grant_type: 'client_credentials', ...form })).access_token ?? ''
export async function giveBack({ url }: Running, { client, secret = '' }: App, token: string): Promise<void> {
  const body = new URLSearchParams({ token, client_id: client.id, client_secret: secret })
  assert.equal((await fetch(`${url}/oauth2/revoke`, { method: 'POST', body })).status, 200)
}
export const isStored = async ({ world }: Running, token: string) =>
  (await world.credentials.findAny(world.vault.fingerprint(token))) !== undefined

/** Upkeep as a process does it whose clock stands there. */
export const purge = (server: Running, now: number) =>
  server.world.retention.purge(now, {
    expired: DAY,
    revoked: 90 * DAY,
    usage: 90 * DAY,
    networks: 90 * DAY,
    minutes: 90 * DAY,
    journal: 4000 * DAY,
    revocations: 4000 * DAY,
    applications: 4000 * DAY,
    documents: 4000 * DAY,
    registrations: 4000 * DAY,
    notices: 4000 * DAY,
    turn: 0,
    limit: 500,
  })
