import { generateKeyPairSync } from 'node:crypto'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { form, offer, TOKENS } from '../ask.ts'

/* oidc-provider with its own in-memory storage: nothing it answers survives a restart. */

process.env['NODE_ENV'] = 'production'
// @ts-expect-error it brings no types
const { default: Provider } = await import('oidc-provider')

const audience = 'https://api.example'
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const provider = new Provider('http://127.0.0.1:3000', {
  clients: [
    {
      client_id: 'bench',
      client_secret: 'secret-of-the-benchmark-client',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      token_endpoint_auth_method: 'client_secret_post',
      id_token_signed_response_alg: 'ES256',
      scope: 'read',
    },
  ],
  scopes: ['read'],
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig', kid: 'bench' }] },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true, allowedPolicy: () => true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: () => ({
        scope: 'read',
        audience,
        accessTokenTTL: 3600,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
  ttl: { ClientCredentials: 3600 },
})

const server: Server = provider.listen(0, '127.0.0.1', async () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const who = { client_id: 'bench', client_secret: 'secret-of-the-benchmark-client' }
  const fields = { grant_type: 'client_credentials', scope: 'read', ...who }
  const issue = async (): Promise<string> => {
    const answer = await fetch(`${url}/token`, { method: 'POST', body: new URLSearchParams(fields) })
    if (!answer.ok) throw new Error(await answer.text())
    return ((await answer.json()) as { access_token: string }).access_token
  }
  const tokens: string[] = []
  while (tokens.length < TOKENS) tokens.push(...(await Promise.all(Array.from({ length: 50 }, issue))))
  offer({
    url,
    asks: {
      opaque: form('/token', fields),
      jwt: form('/token', { ...fields, resource: audience }),
      introspect: form('/token/introspection', ...tokens.map(token => ({ token, ...who }))),
    },
  })
})
