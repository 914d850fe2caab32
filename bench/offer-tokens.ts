import { registerClient } from '../src/core/clients/register-client.ts'
import { createResource } from '../src/core/resources/create-resource.ts'
import type { World } from '../src/core/world.ts'
import { OPERATOR } from '../src/model/users/actor.ts'
import { addClient, addUser, CALLBACK, giveCode, pkce, redeem } from '../test/kit/cast.ts'
import { type Ask, form, offer, TOKENS } from './ask.ts'

/** Settles clients, APIs and tokens, and offers every kind of request about them. `made`: tokens that are there already. */
export async function offerTokens(url: string, world: World, made: readonly string[] = []): Promise<void> {
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
  const tokens = [...made]
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
      ...(await onceOnly(url, world)),
    },
  })
}

/** Codes enough for every round, and a refresh token for each connection. */
const CODES = 6000
const CHAINS = 64

/** What can be sent once: a code, and a refresh token, which is followed by the next one. */
async function onceOnly(url: string, world: World): Promise<Record<string, Ask>> {
  const by = await addClient(world, { scopes: ['read', 'write', 'openid'], policy: { codeSeconds: 600 } })
  const user = await addUser(world, `bench-${Date.now().toString(36)}`)
  const { verifier, challenge } = pkce()
  const make = async (count: number, more: Parameters<typeof giveCode>[4] = {}) => {
    const made: string[] = []
    while (made.length < count)
      made.push(
        ...(await Promise.all(Array.from({ length: CHAINS }, () => giveCode(world, by.client, user, challenge, more)))),
      )
    return made
  }
  const codes = await make(CODES + CHAINS)
  const openid = await make(CODES, { scopes: ['openid'], nonce: 'n' })
  const chains = await Promise.all(codes.splice(0, CHAINS).map(code => redeem(url, by, code, verifier)))
  const who = { client_id: by.client.id, client_secret: by.secret as string }
  const redemption = { grant_type: 'authorization_code', redirect_uri: CALLBACK, code_verifier: verifier, ...who }
  const refreshing = { grant_type: 'refresh_token', ...who }
  return {
    code: { ...form('/oauth2/token', ...codes.map(code => ({ ...redemption, code }))), sent: 'once' },
    'code-openid': { ...form('/oauth2/token', ...openid.map(code => ({ ...redemption, code }))), sent: 'once' },
    refresh: {
      ...form('/oauth2/token', ...chains.map(({ refresh_token = '' }) => ({ ...refreshing, refresh_token }))),
      sent: 'in chains',
    },
  }
}
