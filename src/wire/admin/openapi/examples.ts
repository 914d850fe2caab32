import { TOKEN_TYPE } from '../../../model/credentials/scheme.ts'
import { TOKEN_ALGORITHM } from '../../../model/credentials/signing-algorithm.ts'
import { DAY, SECOND } from '../../../model/span.ts'
import type { Json } from './json.ts'

/*
 * Example values by field name, for the samples and sample answers of the reference. A value that the schema does not
 * allow is skipped, so one name can have fields of several types.
 */
const [YESTERDAY, NOW, LATER] = [1_767_139_200, 1_767_225_600, 1_775_001_600]
const ID = '7c1f0b6e4a3d2f9176e5c0aa'
const ISSUER = 'https://auth.example.com'

const FIELDS: Json = {
  grant_expires_in: ['86400'],
  client_name: ['Travel Diary'],
  token_endpoint_auth_method: ['none'],
  client_uri: ['https://diary.example'],
  logo_uri: ['https://diary.example/logo.png'],
  application_type: ['web'],
  user_code: ['WDJB-MJHT'],
  verification_uri: [`${ISSUER}/device`],
  verification_uri_complete: [`${ISSUER}/device/WDJB-MJHT`],
  registration_access_token: ['clv_reg_0aIdcqZowjX3hb0Iz6Ptn5fWXelR3c'],
  registration_client_uri: [`${ISSUER}/oauth2/register/5b8e2d41c0a94f63`],
  id_token: ['eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI1ZjJjIn0.c2ln'],
  middle_name: ['King'],
  nickname: ['countess'],
  profile: ['https://ada.example'],
  picture: ['https://ada.example/portrait.png'],
  gender: ['female'],
  birthdate: ['1815-12-10'],
  zoneinfo: ['Europe/London'],
  locale: ['en-GB'],
  phone_number: ['+44 20 7946 0000'],
  formatted: ['12 St James’s Square, London'],
  street_address: ['12 St James’s Square'],
  locality: ['London'],
  region: ['Greater London'],
  postal_code: ['SW1Y 4JH'],
  country: ['United Kingdom'],
  host: ['client.example'],
  fault: ['the application answered with status 503'],
  about: ['credential', 'ada'],
  about_id: [ID],
  access_token: ['clv_at_0aIhBTARDDUyE2fQWjLGOLUCBApYZ8'],
  access_token_seconds: [3600],
  address: [ISSUER],
  alg: [TOKEN_ALGORITHM],
  all_scopes: [false],
  at: [NOW],
  aud: ['https://orders.example.com'],
  audience: ['https://orders.example.com', ['https://orders.example.com']],
  authenticated_at: [NOW],
  authorization_endpoint: [`${ISSUER}/oauth2/authorize`],
  bucket_seconds: [3600],
  client: [null],
  client_assertion: ['eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiI3YzFmIn0.c2ln'],
  client_assertion_type: ['urn:ietf:params:oauth:client-assertion-type:jwt-bearer'],
  client_id: ['5b8e2d41c0a94f63'],
  client_secret: ['clv_cs_0aIdcqZowjX3hb0Iz6Ptn5fWXelR3c'],
  code: ['clv_code_0aIdcqZowjX3hb0Iz6Ptn5fWXelR3c'],
  code_challenge: ['E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'],
  code_challenge_method: ['S256'],
  code_seconds: [60],
  code_verifier: ['dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'],
  counted_by: [`client 5b8e2d41c0a94f63`],
  created_at: [YESTERDAY],
  credential: ['clv_app_0aIhBTARDDUyE2fQWjLGOLUCBApYZ8'],
  credential_id: [ID],
  csrf: ['Zk1v0r8m2XqT5nYb'],
  current_password: ['correct horse battery staple'],
  database: ['sqlite'],
  detail: ['There is no user "nobody".'],
  device_code: ['clv_dev_0aIdcqZowjX3hb0Iz6Ptn5fWXelR3c'],
  disabled_at: [null],
  disabled_by: [null],
  docs: [`${ISSUER}/docs/errors#user-unknown`],
  email: ['ada@example.com'],
  error: ['invalid_grant'],
  error_description: ['The authorization code is invalid or has expired.'],
  exp: [LATER],
  expires_at: [LATER],
  expires_in: [3600],
  first_name: ['Ada'],
  found: ['holds orders:read'],
  grant_id: [null, '3f9a6c1e8d20b754'],
  grant_types: [['authorization_code', 'refresh_token']],
  grant_types_supported: [['authorization_code', 'client_credentials', 'refresh_token']],
  handle: ['ada'],
  hint: ['clv_app_…ApYZ'],
  iat: [NOW],
  id: [ID],
  introspection_endpoint: [`${ISSUER}/oauth2/introspect`],
  ip: ['203.0.113.7'],
  issued_at: [NOW],
  issuer: [ISSUER],
  jti: [ID],
  jwks_uri: [`${ISSUER}/.well-known/jwks.json`],
  kid: ['es256-2026-01'],
  kind: ['application_token'],
  kinds: [['application_token', 'api_key']],
  kty: ['EC'],
  last_at: [NOW],
  last_name: ['Lovelace'],
  last_used_at: [NOW],
  max_age: ['600'],
  meaning: ['Length of an access token'],
  name: ['Nightly report'],
  needed: ['also orders:write'],
  network: ['203.0.113.0/24'],
  networks: [['203.0.113.0/24']],
  next_cursor: [null],
  note: ['Runs every night on the report server.'],
  number: [42],
  outcome: ['valid'],
  overlap_seconds: [DAY / SECOND],
  owner: [{ id: '5f2c9e0a7b13', name: 'ada' }],
  owner_id: ['me'],
  p50_ms: [0.05],
  p95_ms: [0.9],
  p99_ms: [2.1],
  parameter: ['user_id'],
  password: ['correct horse battery staple'],
  permissions: [['users:read', 'credentials:write']],
  predecessor: [null],
  prompt: ['login'],
  proven_at: [NOW],
  query: ['status=unused&kind=api_key'],
  reason: ['insufficient_scope'],
  redirect_uri: ['https://diary.example/callback'],
  redirect_uris: [['https://diary.example/callback']],
  refresh_token: ['clv_rt_0aIdcqZowjX3hb0Iz6Ptn5fWXelR3c'],
  refresh_token_seconds: [(30 * DAY) / SECOND],
  request_id: ['0aIhBTARDDUyE2fQWjLGOL'],
  request_uri: ['urn:ietf:params:oauth:request_uri:clv_par_0aIdcqZowjX3'],
  resource: ['https://orders.example.com'],
  response_type: ['code'],
  retired_at: [null],
  reviewed_at: [null],
  revocation_endpoint: [`${ISSUER}/oauth2/revoke`],
  revoked_at: [null],
  role: ['user'],
  rule: ['scope'],
  scope: ['orders:read', 'openid orders:read'],
  scopes: [['orders:read']],
  scopes_supported: [['orders:read', 'orders:write']],
  default_scopes: [['orders:read']],
  secret: ['clv_app_0aIhBTARDDUyE2fQWjLGOLUCBApYZ8'],
  sentence: ['See orders and their state'],
  session_id: ['b2d70c94e15f'],
  since: [YESTERDAY],
  started_at: [YESTERDAY],
  state: ['signing', 'Zk1v0r8m2XqT5nYb'],
  status: ['active', 404],
  sub: ['ada'],
  successor: [null],
  text: ['ada'],
  title: ['There is no such user.'],
  token: ['clv_at_0aIhBTARDDUyE2fQWjLGOLUCBApYZ8'],
  token_endpoint: [`${ISSUER}/oauth2/token`],
  token_endpoint_auth_methods_supported: [['client_secret_basic', 'private_key_jwt']],
  code_challenge_methods_supported: [['S256']],
  token_id: [ID],
  token_type: [TOKEN_TYPE],
  token_type_hint: ['refresh_token'],
  type: ['confidential', `${ISSUER}/docs/errors#user-unknown`],
  until: [NOW],
  uptime_seconds: [DAY / SECOND],
  url: ['/orders?state=open'],
  user_agent: ['Mozilla/5.0 (Macintosh) Firefox/146.0'],
  user_id: ['5f2c9e0a7b13'],
  username: ['ada'],
  uses_left: [10],
  value: ['3600'],
  variable: ['CLAVIGER_ACCESS_TOKEN_SECONDS'],
  version: ['0.1.0'],
  warnings: [[]],
  website: ['https://diary.example'],
}

/** Adds an example to every field below `schema` that has none. */
export function withExamples<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map(withExamples) as T
  if (typeof schema !== 'object' || schema === null) return schema
  const entries = Object.entries(schema).map(([key, value]) => [key, key === 'examples' ? value : withExamples(value)])
  const copy = Object.fromEntries(entries) as Json & { properties?: Record<string, Json> }
  for (const [name, field] of Object.entries(copy.properties ?? {})) {
    const example = (FIELDS[name] as unknown[] | undefined)?.find(value => allows(field, value))
    if (example !== undefined && field['examples'] === undefined) field['examples'] = [example]
  }
  return copy as T
}

type Schema = Json & { anyOf?: Schema[]; oneOf?: Schema[]; items?: Schema; enum?: unknown[]; type?: string | string[] }

function allows(schema: Schema, value: unknown): boolean {
  const { anyOf, oneOf, items, enum: values, type, $ref, const: only } = schema
  const alternatives = anyOf ?? oneOf
  if (alternatives) return alternatives.some(one => allows(one, value))
  if ($ref !== undefined || only !== undefined) return false
  if (values) return values.includes(value)
  if (Array.isArray(value)) return type === 'array' && value.every(one => allows(items ?? {}, one))
  return [type ?? []].flat().includes(typeOf(value))
}

const typeOf = (value: unknown): string =>
  value === null ? 'null' : Number.isInteger(value) ? 'integer' : typeof value === 'number' ? 'number' : typeof value
