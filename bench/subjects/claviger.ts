import { readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { registerClient } from '../../src/core/clients/register-client.ts'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { OPERATOR } from '../../src/model/actor.ts'
import { readConfig } from '../../src/server/config.ts'
import { startServer } from '../../src/server/start.ts'
import { form, offer, TOKENS } from '../ask.ts'

/* Claviger as `claviger start` runs it: SQLite on disk, every answer durable; only the throttles are off. */

const dataDir = process.argv[2] ?? (await mkdtemp(join(tmpdir(), 'claviger-bench-')))
const config = readConfig({ ...process.env, CLAVIGER_DATA_DIR: dataDir, CLAVIGER_PORT: '0', CLAVIGER_LIMITS: 'off' })
const { url, world, stop } = await startServer(config)
process.on('SIGTERM', () => void stop().then(() => process.exit(0)))

const tag = Date.now().toString(36)
const { client, secret } = await registerClient(world, OPERATOR, {
  name: 'Benchmark',
  redirectUris: [],
  scopes: ['read'],
  type: 'confidential',
  source: 'operator',
})
const api = (name: string, tokenFormat: 'opaque' | 'jwt') =>
  createResource(world, OPERATOR, {
    audience: `https://${name}-${tag}.example`,
    name,
    scopes: ['read'],
    tokenFormat,
  })
const [opaque, jwt] = [await api('opaque', 'opaque'), await api('jwt', 'jwt')]

const who = { client_id: client.id, client_secret: secret as string }
const fields = { grant_type: 'client_credentials', scope: 'read', ...who }
const issue = async (more: Record<string, string> = {}): Promise<string> => {
  const answer = await fetch(`${url}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({ ...fields, ...more }),
  })
  return ((await answer.json()) as { access_token: string }).access_token
}
/** Tokens that are there already, where somebody filled the table before. */
const tokens: string[] = process.argv[3] === undefined ? [] : JSON.parse(readFileSync(process.argv[3], 'utf8'))
while (tokens.length < TOKENS) tokens.push(...(await Promise.all(Array.from({ length: 100 }, () => issue()))))
const jwts = await Promise.all(Array.from({ length: 100 }, () => issue({ resource: jwt.resource.audience })))
const asks = { client_id: opaque.clientId, client_secret: opaque.secret }
const basic = (of: { clientId: string; secret: string }) =>
  `Basic ${Buffer.from(`${of.clientId}:${of.secret}`).toString('base64')}`
const verify = (of: { clientId: string; secret: string }, credentials: string[]) => ({
  path: '/v1/verify',
  method: 'POST' as const,
  headers: { 'content-type': 'application/json', authorization: basic(of) },
  bodies: credentials.map(credential => JSON.stringify({ credential, scopes: ['read'] })),
})

offer({
  url,
  asks: {
    opaque: form('/oauth2/token', fields),
    jwt: form('/oauth2/token', { ...fields, resource: jwt.resource.audience }),
    introspect: form('/oauth2/introspect', ...tokens.map(token => ({ token, ...asks }))),
    verify: verify(opaque, tokens),
    'verify-jwt': verify(jwt, jwts),
  },
})
