import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { matchesRedirect } from '../redirect-uri.ts'
import { readClientMetadata } from './read-metadata.ts'
import { showClientMetadata } from './show-metadata.ts'

/* What client metadata may say (RFC 7591 section 2; OpenID Connect registration section 2; RFC 8252 section 7). */

const CALLBACK = 'https://app.example/callback'
const read = (fields: object) => readClientMetadata({ redirect_uris: [CALLBACK], ...fields })
const refusal = (document: unknown): string => {
  try {
    readClientMetadata(document)
  } catch (error) {
    if (error instanceof Refusal) return `${error.code} ${error.facts.parameter}`
    throw error
  }
  return 'accepted'
}
const refusedField = (fields: object): string => refusal({ redirect_uris: [CALLBACK], ...fields })
const RSA = { kty: 'RSA', n: 'n'.repeat(342), e: 'AQAB' }

test('a registration of addresses alone gets the defaults of the standard', () => {
  assert.deepEqual(read({}), {
    name: 'app.example',
    redirectUris: [CALLBACK],
    grantTypes: ['authorization_code'],
    type: 'confidential',
    pushedRequests: 'optional',
    metadata: { tokenEndpointAuthMethod: 'client_secret_basic' },
  })
})

test('null counts as absent, and unknown fields are dropped', () => {
  const fields = {
    client_name: null,
    jwks: null,
    client_secret: 'chosen',
    client_id: 'chosen',
    owner: 'me',
    'contacts#de': 1,
    'logo_uri#!': 1,
  }
  assert.deepEqual(read(fields), read({}))
})

test('grant types and response types that this server does not have are dropped, as long as one is left', () => {
  const asked = ['implicit', 'authorization_code', 'refresh_token', 'password']
  assert.deepEqual(read({ grant_types: asked, response_types: ['token', 'code'] }).grantTypes, asked.slice(1, 3))
  assert.equal(refusedField({ grant_types: ['implicit', 'password'] }), 'client-metadata-unfit grant_types')
  assert.equal(refusedField({ response_types: ['token', 'id_token'] }), 'client-metadata-unfit response_types')
})

test('what people see is kept in up to 20 languages of each field, each language once', () => {
  const fields = {
    'client_uri#de': 'https://app.example/de',
    'logo_uri#de-AT': 'https://app.example/at.png',
    'tos_uri#de': 'https://app.example/agb',
    'policy_uri#fr': 'https://app.example/vie-privee',
  }
  const { metadata } = read(fields)
  assert.deepEqual(metadata, {
    tokenEndpointAuthMethod: 'client_secret_basic',
    websites: { de: 'https://app.example/de' },
    logoUris: { 'de-AT': 'https://app.example/at.png' },
    tosUris: { de: 'https://app.example/agb' },
    policyUris: { fr: 'https://app.example/vie-privee' },
  })
  for (const field of ['client_uri', 'logo_uri', 'tos_uri', 'policy_uri'])
    assert.equal(refusedField({ [`${field}#de`]: 'javascript:alert(1)' }), `client-metadata-unfit ${field}#de`)
  for (const field of ['client_name', 'client_uri', 'logo_uri', 'tos_uri', 'policy_uri']) {
    const many = (n: number) =>
      Object.fromEntries(Array.from({ length: n }, (_, i) => [`${field}#x-${i}`, 'https://app.example/']))
    assert.equal(refusedField(many(20)), 'accepted')
    assert.equal(refusedField(many(21)), `client-metadata-unfit ${field}`)
    const twice = { [`${field}#de`]: 'https://app.example/', [`${field}#DE`]: 'https://app.example/' }
    assert.equal(refusedField(twice), `client-metadata-unfit ${field}#DE`)
  }
})

test('names in other languages are kept by their tags', () => {
  assert.deepEqual(
    read({ client_name: 'Mail', 'client_name#de': 'Post', 'client_name#zh-Hant': '郵件', 'client_name#!': 'x' }),
    {
      ...read({}),
      name: 'Mail',
      metadata: { tokenEndpointAuthMethod: 'client_secret_basic', names: { de: 'Post', 'zh-Hant': '郵件' } },
    },
  )
})

const NATIVE = [
  'http://127.0.0.1/callback',
  'http://[::1]:4000/callback',
  'http://localhost:1/callback',
  'cursor://anysphere.cursor-mcp/oauth/callback',
  'com.example.app:/callback',
]
test('loopback and own-scheme addresses alone mean a native application', () => {
  for (const redirect_uris of [...NATIVE.map(uri => [uri]), NATIVE])
    assert.equal(readClientMetadata({ redirect_uris }).metadata.applicationType, 'native', redirect_uris.join(' '))
  assert.equal(read({ redirect_uris: [...NATIVE, CALLBACK] }).metadata.applicationType, undefined)
})

const UNFIT_REDIRECTS: Record<string, unknown> = {
  fragment: ['https://app.example/callback#part'],
  'empty fragment': ['https://app.example/callback#'],
  'http to another machine': ['http://app.example/callback'],
  'a name below localhost': ['http://app.localhost/callback'],
  'localhost with a dot': ['http://localhost./callback'],
  'a name that begins like loopback': ['http://127.0.0.1.evil.test/callback'],
  'another loopback address': ['http://127.0.0.2/callback'],
  'user information': ['https://good@evil.test/callback'],
  'a dot segment': ['https://app.example/a/../callback'],
  'an encoded slash': ['https://app.example/a%2fcallback'],
  wildcard: ['https://*.app.example/callback'],
  backslash: ['https://app.example\\@evil.test/'],
  javascript: ['JaVaScRiPt:alert(1)'],
  data: ['data:text/html,x'],
  'out of band': ['urn:ietf:wg:oauth:2.0:oob'],
  'a relative one': ['/callback'],
  'an empty one': [''],
  'a long one': [`https://app.example/${'a'.repeat(2000)}`],
  'too many': Array.from({ length: 21 }, (_, i) => `https://app.example/${i}`),
  none: [],
  'a text': CALLBACK,
  'no texts': [1],
}
for (const [what, redirect_uris] of Object.entries(UNFIT_REDIRECTS))
  test(`redirect addresses are refused: ${what}`, () => {
    assert.equal(refusal({ redirect_uris }), 'redirect-unfit redirect_uris')
  })

test('an own scheme is refused to an application of the type web', () => {
  const redirect_uris = ['com.example.app:/callback']
  assert.equal(refusal({ redirect_uris, application_type: 'web' }), 'redirect-unfit redirect_uris')
  assert.equal(refusal({ redirect_uris, application_type: 'native' }), 'accepted')
})

test('a client without addresses can have no grant type that needs one', () => {
  assert.equal(refusal({}), 'redirect-unfit redirect_uris')
  assert.equal(refusal({ grant_types: ['client_credentials'] }), 'accepted')
})

const UNFIT: Record<string, unknown> = {
  client_name: ['', ' ', 1, 'a'.repeat(201), 'two\nlines', 'turned \u202e round', { en: 'x' }],
  'client_name#de': [''],
  client_uri: ['javascript:alert(1)', 'file:///etc', 'https://user@app.example', 'no address', 7],
  logo_uri: ['data:image/svg+xml,x', 'JAVASCRIPT:x', `https://app.example/${'a'.repeat(2000)}`],
  policy_uri: ['vbscript:x', []],
  tos_uri: ['blob:https://app.example/x'],
  contacts: ['me@app.example', [1], Array.from({ length: 11 }, (_, i) => `${i}@app.example`)],
  scope: [['read'], 5, Array.from({ length: 201 }, (_, i) => `s${i}`).join(' ')],
  grant_types: ['authorization_code', [1]],
  response_types: ['code', [1]],
  token_endpoint_auth_method: ['client_secret_jwt', 'tls_client_auth', 'NONE', 1],
  token_endpoint_auth_signing_alg: ['none', 'HS256'],
  application_type: ['browser'],
  subject_type: ['private'],
  sector_identifier_uri: ['http://app.example/sector', 'https://user@app.example/sector'],
  id_token_signed_response_alg: ['none', 'HS256'],
  userinfo_signed_response_alg: ['none', 'HS256'],
  request_object_signing_alg: ['none', 'HS256'],
  request_uris: [['http://app.example/request'], 'https://app.example/request'],
  default_max_age: [-1, 1.5, '60', 1e12],
  require_auth_time: ['true', 1],
  default_acr_values: ['one', [1]],
  post_logout_redirect_uris: [['javascript:x'], ['https://app.example/#x'], ['http://app.localhost/'], [1], CALLBACK],
  backchannel_logout_uri: ['http://app.example/logout', 'https://app.example/logout#x'],
  backchannel_logout_session_required: ['yes'],
  require_pushed_authorization_requests: ['yes'],
  jwks_uri: ['http://app.example/jwks', 'https://app.example/jwks#x'],
  dpop_bound_access_tokens: [true],
  tls_client_certificate_bound_access_tokens: [true],
  id_token_encrypted_response_alg: ['RSA-OAEP'],
  userinfo_encrypted_response_enc: ['A128GCM'],
}
for (const [field, values] of Object.entries(UNFIT))
  test(`unfit values of ${field} are refused by their name`, () => {
    for (const value of values as unknown[])
      assert.equal(refusedField({ [field]: value }), `client-metadata-unfit ${field}`, JSON.stringify(value))
  })

test('keys are public, strong, told apart by their kid, and registered by value or by address', () => {
  const proof = { token_endpoint_auth_method: 'private_key_jwt' }
  const keys = (...jwks: object[]) => ({ ...proof, jwks: { keys: jwks } })
  assert.equal(refusedField(keys(RSA)), 'accepted')
  assert.equal(refusedField({ ...proof, jwks_uri: 'https://app.example/jwks' }), 'accepted')
  for (const fields of [
    proof,
    keys(),
    keys({ ...RSA, d: 'secret' }),
    keys({ kty: 'oct', k: 'secret' }),
    keys({ ...RSA, n: 'short' }),
    keys({ ...RSA, kid: 'a' }, { ...RSA, kid: 'a' }),
    { ...keys(RSA), jwks_uri: 'https://app.example/jwks' },
  ])
    assert.equal(refusedField(fields), 'client-metadata-unfit jwks', JSON.stringify(fields))
})

test('a client with a secret may bring keys for its request objects, one without any may not', () => {
  const fields = { jwks: { keys: [RSA] } }
  assert.equal(read({ ...fields, token_endpoint_auth_method: 'client_secret_post' }).type, 'confidential')
  assert.equal(
    refusedField({ ...fields, token_endpoint_auth_method: 'none' }),
    'client-metadata-unfit token_endpoint_auth_method',
  )
})

test('metadata is shown with the names under which it was read', () => {
  const whole = {
    redirect_uris: [CALLBACK, 'http://127.0.0.1/callback'],
    client_name: 'Mail',
    'client_name#de': 'Post',
    client_uri: 'https://app.example',
    'client_uri#de': 'https://app.example/de',
    'logo_uri#de': 'https://app.example/de.png',
    'tos_uri#de': 'https://app.example/agb',
    'policy_uri#de': 'https://app.example/datenschutz',
    scope: 'read write',
    response_types: ['code'],
    grant_types: ['authorization_code', 'refresh_token'],
    require_pushed_authorization_requests: true,
    token_endpoint_auth_method: 'client_secret_post',
    jwks: { keys: [{ ...RSA, kid: 'a' }] },
    application_type: 'web',
    post_logout_redirect_uris: [CALLBACK],
    default_max_age: 0,
  }
  const { pushedRequests, scopes = [], ...client } = readClientMetadata(whole)
  assert.deepEqual(showClientMetadata({ ...client, scopes, policy: { pushedRequests } }), whole)
})

test('a software statement is refused as such', () => {
  assert.equal(refusedField({ software_statement: 'eyJ' }), 'software-statement-unsupported software_statement')
})

test('what is no object is refused, and so is more than may be stored', () => {
  for (const document of [[], 'text', 1, null, undefined])
    assert.equal(refusal(document), 'client-metadata-unfit metadata')
  const long = (n: number) => Array.from({ length: 20 }, (_, i) => `https://app.example/${n}/${i}/${'a'.repeat(1900)}`)
  const fields = { redirect_uris: long(1), request_uris: long(2) }
  assert.equal(refusal(fields), 'client-metadata-unfit metadata')
})

test('the port of localhost may vary for native applications, and for no other', () => {
  const at = (port: number) => `http://localhost:${port}/callback`
  const varies = (type: 'public' | 'confidential', applicationType?: 'web' | 'native') =>
    matchesRedirect(at(1), at(2), { type, metadata: applicationType ? { applicationType } : {} })
  assert.deepEqual([varies('public'), varies('confidential', 'native')], [true, true])
  assert.deepEqual([varies('confidential'), varies('public', 'web')], [false, false])
})
