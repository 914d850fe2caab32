import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { RegisteredClient } from '../../src/core/clients/register-client.ts'
import { serverBelow } from '../kit/below.ts'
import { addClient, addUser, askTokens, authorizeUrl, CALLBACK, pkce, signIn } from '../kit/cast.ts'
import { type Person, person, type Sight } from '../kit/person.ts'
import type { TestServer } from '../kit/server.ts'

/*
 * Each answer to an application names the issuer (RFC 9207 section 2), and nothing else does: the table lists how an
 * authorization request can end.
 */

let server: TestServer
let app: RegisteredClient
let known: RegisteredClient
before(async () => {
  // With a path, an issuer that is put together from the host would differ.
  server = await serverBelow('/auth')
  await addUser(server.world)
  app = await addClient(server.world, { scopes: ['openid', 'read'] })
  known = await addClient(server.world, { scopes: ['openid', 'read'] })
})
after(() => server.stop())

const { verifier, challenge } = pkce()
type More = Record<string, string | undefined>
const url = (more: More = {}, client = app): string => server.url + authorizeUrl(client.client.id, challenge, more)
const visitor = (): Person => person(server.url)

async function pushed(more: More = {}): Promise<string> {
  const body = new URL(url(more)).searchParams
  const authorization = `Basic ${Buffer.from(`${app.client.id}:${app.secret}`).toString('base64')}`
  const answer = await fetch(`${server.url}/oauth2/par`, { method: 'POST', headers: { authorization }, body })
  const { request_uri } = (await answer.json()) as { request_uri: string }
  return `${server.url}/oauth2/authorize?${new URLSearchParams({ client_id: app.client.id, request_uri })}`
}

async function decided(to: string, decision: 'allow' | 'deny', who = visitor()): Promise<Sight> {
  await who.visit(to)
  await signIn(who)
  return who.submit({ decision })
}

/** Consent counts from the first token, so this application redeems its first code. */
async function remembered(): Promise<Sight> {
  const who = visitor()
  const { sentTo } = await decided(url({}, known), 'allow', who)
  const code = sentTo?.searchParams.get('code') ?? ''
  await askTokens(server.url, known, {
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: CALLBACK,
  })
  return who.visit(url({ prompt: 'none' }, known))
}

/** The parameters of an answer, from the address or from the form of a page. */
const answerIn = ({ sentTo, html }: Sight): URLSearchParams =>
  sentTo?.searchParams ??
  new URLSearchParams(
    [...html.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(([, k, v]) => [k, v] as [string, string]),
  )

const ANSWERS: Record<string, [() => Promise<Sight>, 'code' | string]> = {
  'a code, after consent': [() => decided(url(), 'allow'), 'code'],
  'a code, with remembered consent and no page': [() => remembered(), 'code'],
  'a code, of a pushed request': [async () => decided(await pushed(), 'allow'), 'code'],
  'a code, as a form': [() => decided(url({ response_mode: 'form_post' }), 'allow'), 'code'],
  'a code, as a form, of a pushed request': [
    async () => decided(await pushed({ response_mode: 'form_post' }), 'allow'),
    'code',
  ],
  'a denial': [() => decided(url(), 'deny'), 'access_denied'],
  'a denial, of a pushed request': [async () => decided(await pushed(), 'deny'), 'access_denied'],
  'a denial, as a form': [() => decided(url({ response_mode: 'form_post' }), 'deny'), 'access_denied'],
  'an error without a page': [() => visitor().visit(url({ prompt: 'none' })), 'login_required'],
  'an error without a page, as a form': [
    () => visitor().visit(url({ prompt: 'none', response_mode: 'form_post' })),
    'login_required',
  ],
  'an error of a pushed request, without a page': [
    async () => visitor().visit(await pushed({ prompt: 'none' })),
    'login_required',
  ],
  'an unknown response type': [() => visitor().visit(url({ response_type: 'token' })), 'unsupported_response_type'],
  'an unknown scope': [() => visitor().visit(url({ scope: 'strange' })), 'invalid_scope'],
  'an unknown resource': [() => visitor().visit(url({ resource: 'https://nowhere.example' })), 'invalid_target'],
  'PKCE that is too weak': [() => visitor().visit(url({ code_challenge_method: 'plain' })), 'invalid_request'],
  'an unfit request object': [() => visitor().visit(url({ request: 'x.y.z' })), 'invalid_request_object'],
  'an unfit request_uri': [
    () => visitor().visit(url({ request_uri: 'https://app.example/no' })),
    'invalid_request_uri',
  ],
}
for (const [what, [end, expected]] of Object.entries(ANSWERS))
  test(`iss is in an answer, exactly as in the metadata: ${what}`, async () => {
    const answer = answerIn(await end())
    assert.equal(answer.get('error') ?? (answer.get('code') ? 'code' : undefined), expected)
    const metadata = await (await fetch(`${server.url}/.well-known/openid-configuration`)).json()
    const { issuer, authorization_response_iss_parameter_supported: told } = metadata as Record<string, unknown>
    assert.equal(told, true)
    assert.deepEqual(answer.getAll('iss'), [issuer])
  })

const PAGES: Record<string, () => Promise<Sight>> = {
  'an unknown client': () => visitor().visit(url().replace(app.client.id, 'nobody')),
  'an address that is not registered': () => visitor().visit(url({ redirect_uri: 'https://evil.example/' })),
  'an address that is not registered, as a form': () =>
    visitor().visit(url({ redirect_uri: 'https://evil.example/', response_mode: 'form_post' })),
  'a parameter that stands twice': () => visitor().visit(`${url()}&redirect_uri=${encodeURIComponent(CALLBACK)}`),
  'a reference of another client': async () => visitor().visit((await pushed()).replace(app.client.id, 'nobody')),
  'a reference that was not pushed here': () =>
    visitor().visit(
      `${server.url}/oauth2/authorize?client_id=${app.client.id}&request_uri=urn:ietf:params:oauth:request_uri:x`,
    ),
}
for (const [what, end] of Object.entries(PAGES))
  test(`before the address of the application is known, there is no answer to it: ${what}`, async () => {
    const { sentTo, status, html } = await end()
    assert.equal(sentTo, undefined)
    assert.ok(status >= 400)
    assert.doesNotMatch(html, /name="(?:iss|error|state)"/)
  })

test('a device has no answer through the browser, and its token answer is no authorization response', async () => {
  const grant_type = 'urn:ietf:params:oauth:grant-type:device_code'
  const device = await addClient(server.world, {
    type: 'public',
    grantTypes: [grant_type],
    redirectUris: [],
    scopes: ['read'],
  })
  const post = async (path: string, form: Record<string, string>) =>
    (await (
      await fetch(server.url + path, {
        method: 'POST',
        body: new URLSearchParams({ client_id: device.client.id, ...form }),
      })
    ).json()) as Record<string, string>
  for (const [decision, expected] of [
    ['allow', 'access_token'],
    ['deny', 'error'],
  ] as const) {
    const started = await post('/oauth2/device_authorization', { scope: 'read' })
    const who = visitor()
    await who.visit(`${server.url}/login`)
    await signIn(who)
    await who.visit(started['verification_uri_complete'] as string)
    await who.submit({ user_code: started['user_code'] as string })
    const { sentTo, html } = await who.submit({ decision })
    assert.equal(sentTo, undefined)
    assert.doesNotMatch(html, /name="(?:iss|code)"/)
    const answer = await post('/oauth2/token', { grant_type, device_code: started['device_code'] as string })
    assert.ok(expected in answer, JSON.stringify(answer))
    assert.equal('iss' in answer, false)
  }
})

test('the way back after signing out is no authorization response', async () => {
  const back = 'https://app.example/bye'
  const { client } = await addClient(server.world, {
    scopes: ['openid'],
    metadata: { tokenEndpointAuthMethod: 'client_secret_basic', postLogoutRedirectUris: [back] },
  })
  const who = visitor()
  await who.visit('/auth/login')
  await signIn(who)
  await who.visit(
    `${server.url}/oauth2/logout?${new URLSearchParams({ client_id: client.id, post_logout_redirect_uri: back, state: 's' })}`,
  )
  const { sentTo } = await who.submit({})
  assert.equal(sentTo?.href, `${back}?state=s`)
})
