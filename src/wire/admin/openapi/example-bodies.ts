import type { Json } from './json.ts'

/**
 * Complete bodies, one for each purpose. For operations whose fields cannot all be used together, or are mostly absent.
 */
const BODIES: Record<string, Record<string, Json>> = {
  token: {
    'A server acts for itself': { grant_type: 'client_credentials', scope: 'orders:read' },
    'A code is exchanged': {
      grant_type: 'authorization_code',
      code: 'clv_code_0aIdcqZowjX3hb0Iz6Ptn5fWXelR3c',
      redirect_uri: 'https://diary.example/callback',
      code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    },
    'A token is refreshed': { grant_type: 'refresh_token', refresh_token: 'clv_rt_0aIdcqZowjX3hb0Iz6Ptn5fWXelR3c' },
  },
  pushRequest: {
    'A person signs in': {
      response_type: 'code',
      redirect_uri: 'https://diary.example/callback',
      scope: 'orders:read',
      state: 'Zk1v0r8m2XqT5nYb',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    },
  },
  revoke: { 'A refresh token': { token: 'clv_rt_0aIdcqZowjX3hb0Iz6Ptn5fWXelR3c' } },
  introspect: { 'An access token': { token: 'clv_at_0aIhBTARDDUyE2fQWjLGOLUCBApYZ8' } },
  verify: {
    'The string alone': {
      credential: 'clv_app_0aIhBTARDDUyE2fQWjLGOLUCBApYZ8',
      audience: 'https://orders.example.com',
      scopes: ['orders:read'],
    },
    'A whole request': {
      headers: { 'x-api-key': 'clv_key_0aIhBTARDDUyE2fQWjLGOLUCBApYZ8' },
      url: '/orders?state=open',
      scopes: ['orders:read'],
      ip: '203.0.113.7',
    },
  },
  createCredential: {
    'An application token': { kind: 'application_token', name: 'Nightly report', scopes: ['orders:read'] },
    'An API key for one network': {
      kind: 'api_key',
      name: 'Partner feed',
      scopes: ['orders:read'],
      networks: ['203.0.113.0/24'],
      expires_at: 1_775_001_600,
    },
    'A user/token pair': { kind: 'token_pair', days: 7 },
  },
  createClient: {
    'A web application': {
      name: 'Diary',
      redirect_uris: ['https://diary.example/callback'],
      scopes: ['orders:read'],
      type: 'confidential',
    },
    'A program that acts for itself': {
      name: 'Nightly export',
      grant_types: ['client_credentials'],
      scopes: ['orders:read'],
      type: 'confidential',
    },
  },
  createUser: { 'A person': { handle: 'ada', email: 'ada@example.com', first_name: 'Ada', role: 'user' } },
  createResourceServer: {
    'An API': { audience: 'https://orders.example.com', name: 'Orders', scopes: ['orders:read', 'orders:write'] },
  },
  createGate: { 'For nginx': { name: 'orders', scopes: ['orders:read'] } },
  revokeCredentials: {
    'Two credentials': { ids: ['7c1f0b6e4a3d2f9176e5c0aa', 'a0b1c2d3e4f5a6b7c8d9e0f1'] },
  },
  explain: {
    'A request that was refused': { request_id: '0aIhBTARDDUyE2fQWjLGOL' },
  },
  find: { 'The start of a name': { text: 'ada' } },
}

type Operation = Json & {
  operationId?: string
  requestBody?: { content: Record<string, Json> }
}

/** Adds the bodies to their operations. */
export const withBodies = (paths: Json): Json =>
  Object.fromEntries(
    Object.entries(paths as Record<string, Record<string, Operation>>).map(([path, methods]) => [
      path,
      Object.fromEntries(Object.entries(methods).map(([method, operation]) => [method, withBody(operation)])),
    ]),
  )

function withBody(operation: Operation): Operation {
  const bodies = BODIES[operation.operationId ?? '']
  if (!bodies || !operation.requestBody) return operation
  const examples = Object.fromEntries(Object.entries(bodies).map(([summary, value]) => [summary, { summary, value }]))
  const content = Object.entries(operation.requestBody.content).map(([type, media]) => [type, { ...media, examples }])
  return { ...operation, requestBody: { ...operation.requestBody, content: Object.fromEntries(content) } }
}
