import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addClient, addUser, authorizeUrl, CALLBACK, pkce, signIn } from '../kit/cast.ts'
import { type Person, person, type Sight } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'

let server: TestServer
let confidential: string
let open: string
let alice: Person
const { challenge } = pkce()

before(async () => {
  server = await testServer()
  await addUser(server.world)
  confidential = (await addClient(server.world)).client.id
  open = (await addClient(server.world, { type: 'public' })).client.id
  alice = person(server.url)
  await alice.visit('/login')
  await signIn(alice)
})
after(() => server.stop())

const ask = (more: Record<string, string | undefined> = {}, who = alice): Promise<Sight> =>
  who.visit(authorizeUrl(confidential, challenge, more))

function toldTo(sight: Sight, error: string, state: string | null = 'xyz'): void {
  assert.equal(sight.status, 303, sight.html)
  assert.equal(sight.sentTo?.href.startsWith(`${CALLBACK}?`), true, sight.sentTo?.href)
  const answer = sight.sentTo?.searchParams
  assert.equal(answer?.get('error'), error)
  assert.equal(answer?.get('state'), state)
  assert.equal(answer?.get('iss'), server.url)
  assert.equal(answer?.has('code'), false)
}
function ownPage(sight: Sight, code: string, status = 400): void {
  assert.equal(sight.status, status)
  assert.equal(sight.sentTo, undefined)
  assert.equal(sight.headers.get('location'), null)
  assert.match(sight.headers.get('content-type') ?? '', /^text\/html/)
  assert.match(sight.html, new RegExp(`<code>(?:<a [^>]*>)?${code}(?:</a>)?</code>`))
}

test('an unknown client, and an address that is not its own, end on a page of ours and lead nowhere', async () => {
  ownPage(await ask({ client_id: 'nobody' }), 'client-unknown')
  ownPage(await ask({ client_id: undefined }), 'parameter-missing')
  ownPage(await ask({ redirect_uri: 'https://evil.example/' }), 'redirect-not-registered')
  ownPage(await ask({ redirect_uri: `${CALLBACK}/../evil` }), 'redirect-not-registered')
})

test('whatever else is wrong, an address that is not registered is never redirected to', async () => {
  const redirect_uri = 'https://evil.example/cb'
  for (const more of [
    { response_type: 'token' },
    { response_type: undefined },
    { scope: 'nonsense' },
    { prompt: 'none' },
    { code_challenge: undefined },
    { max_age: '-1' },
    { request: 'x' },
    { state: 'a\nb' },
  ])
    ownPage(await ask({ ...more, redirect_uri }), 'redirect-not-registered')
})

test('a repeated client or address ends on a page of ours, in every spelling of a list', async () => {
  const url = authorizeUrl(confidential, challenge)
  ownPage(await alice.visit(`${url}&client_id=${confidential}`), 'parameter-repeated')
  ownPage(await alice.visit(`${url}&redirect_uri=${encodeURIComponent('https://evil.example/')}`), 'parameter-repeated')
  const without = authorizeUrl(confidential, challenge, { redirect_uri: undefined })
  for (const name of ['redirect_uri[]', 'redirect_uri[a]', 'redirect_uri[0]'])
    ownPage(await alice.visit(`${without}&${encodeURIComponent(name)}=https://evil.example/`), 'parameter-invalid')
})

test('any other parameter that stands twice, or spelt as a list, is an invalid request', async () => {
  const url = authorizeUrl(confidential, challenge)
  for (const again of [
    'response_type=code',
    'scope=read',
    'code_challenge=x',
    'prompt=login',
    'max_age=5',
    'scope%5Ba%5D=read',
  ])
    toldTo(
      await alice.visit(
        `${authorizeUrl(confidential, challenge, again.startsWith('scope%') ? { scope: undefined } : { prompt: 'consent', max_age: '9' })}&${again}`,
      ),
      'invalid_request',
    )
  // Which of two states would be the right one? Neither is sent.
  toldTo(await alice.visit(`${url}&state=other`), 'invalid_request', null)
})

test('an empty parameter counts as absent and an unknown one is ignored', async () => {
  const sight = await ask({
    prompt: '',
    max_age: '',
    resource: '',
    nonce: 'n',
    foo: 'bar',
    request: '',
    response_mode: '',
  })
  assert.equal(sight.status, 200, sight.sentTo?.href)
  toldTo(await ask({ response_type: '' }), 'invalid_request')
})

test('only the response type code exists, and only query and form_post as ways back', async () => {
  for (const response_type of ['token', 'id_token', 'code token', 'code id_token', 'none', 'CODE'])
    toldTo(await ask({ response_type }), 'unsupported_response_type')
  toldTo(await ask({ response_type: undefined }), 'invalid_request')
  for (const response_mode of ['fragment', 'form_post.jwt', 'web_message'])
    toldTo(await ask({ response_mode }), 'invalid_request')
  assert.equal((await ask({ response_mode: 'query' })).status, 200)
})

test('a client without that grant type gets no code', async () => {
  const { client } = await addClient(server.world, { grantTypes: ['client_credentials'] })
  toldTo(await alice.visit(authorizeUrl(client.id, challenge)), 'unauthorized_client')
})

test('PKCE is S256 or nothing: absent, plain, misspelt and malformed challenges are refused before anybody signs in', async () => {
  const stranger = person(server.url)
  for (const client_id of [confidential, open])
    for (const more of [
      { code_challenge: undefined, code_challenge_method: undefined },
      { code_challenge: undefined },
      { code_challenge_method: undefined },
      { code_challenge_method: 'plain' },
      { code_challenge_method: 's256' },
      { code_challenge_method: 'S512' },
      { code_challenge: 'short' },
      { code_challenge: `${challenge}x` },
      { code_challenge: `${challenge.slice(0, 42)}=` },
      { code_challenge: '' },
    ])
      toldTo(await ask({ client_id, ...more }, stranger), 'invalid_request')
})

test('where the policy says "when sent", a confidential client may go without PKCE, but never with a lame one', async () => {
  const { client } = await addClient(server.world, { policy: { pkce: 'when-sent' } })
  const none = { client_id: client.id, code_challenge: undefined, code_challenge_method: undefined }
  assert.equal((await ask(none)).status, 200)
  toldTo(await ask({ ...none, code_challenge: challenge, code_challenge_method: 'plain' }), 'invalid_request')
  toldTo(await ask({ ...none, code_challenge_method: 'S256' }), 'invalid_request')
})

test('a scope that is not registered, or is none, is refused; a repeated one counts once', async () => {
  for (const scope of ['admin', 'read admin', 'users:read', 'readx', 'rea', 'read"', 'read\\', 'ré', 'read\tadmin'])
    toldTo(await ask({ scope }), 'invalid_scope')
  const { html } = await ask({ scope: 'read read:accounts read' })
  assert.equal(/<ul class="scopes">(.*?)<\/ul>/s.exec(html)?.[1]?.match(/<li>/g)?.length, 2)
})

test('a resource that nobody knows is an invalid target', async () => {
  toldTo(await ask({ resource: 'https://nobody.example/' }), 'invalid_target')
})

test('prompt=none shows no page: without session or consent the application is told so', async () => {
  toldTo(await ask({ prompt: 'none' }, person(server.url)), 'login_required')
  toldTo(await ask({ prompt: 'none', scope: 'write' }), 'consent_required')
  toldTo(await ask({ prompt: 'none', max_age: '0' }), 'login_required')
})

test('prompt=none beside another value, an unknown prompt and a crooked max_age are refused', async () => {
  for (const more of [
    { prompt: 'none login' },
    { prompt: 'none consent' },
    { prompt: 'maybe' },
    { prompt: 'LOGIN' },
    { max_age: '-1' },
    { max_age: 'soon' },
    { max_age: '1.5' },
    { max_age: '1e9' },
    { max_age: '99999999999999999999' },
    { max_age: ' 5' },
  ])
    toldTo(await ask(more), 'invalid_request')
})

test('prompt=login, prompt=select_account and max_age=0 ask for a new sign-in, which the old session cannot stand in for', async () => {
  for (const more of [{ prompt: 'login' }, { prompt: 'select_account' }, { max_age: '0' }]) {
    const page = await ask({ ...more, scope: 'write' })
    assert.match(page.url, /\/login\?interaction=/)
    const interaction = new URL(page.url).searchParams.get('interaction') as string
    // Going straight to the consent page, or answering it, leads back to the sign-in.
    assert.match((await alice.visit(`/consent?interaction=${interaction}`)).url, /\/login\?interaction=/)
    const after = await signIn(alice)
    assert.match(after.url, /\/consent\?/)
    assert.equal((await alice.submit({ decision: 'deny' })).sentTo?.searchParams.get('error'), 'access_denied')
  }
})

test('max_age is met by a young session', async () => {
  assert.match((await ask({ max_age: '3600', scope: 'write' })).html, /decision/)
})

test('an unsigned request object and an address that is not registered are refused as what they are', async () => {
  toldTo(await ask({ request: 'eyJhbGciOiJub25lIn0.e30.' }), 'invalid_request_object')
  toldTo(await ask({ request_uri: 'http://169.254.169.254/latest' }), 'invalid_request_uri')
})

test('the state comes back byte for byte, however it is written; the query of a registered address stays', async () => {
  const uri = 'https://app.example/cb?tenant=7'
  const { client } = await addClient(server.world, { redirectUris: [uri] })
  for (const state of [
    'a b+c%20d%2B',
    '<script>"\'&=#?;',
    'ü€😀',
    'x'.repeat(4096),
    '\\',
    'None',
    '%0d%0aSet-Cookie:x',
  ]) {
    const sight = await ask({ client_id: client.id, redirect_uri: uri, state, scope: 'admin' })
    assert.equal(sight.sentTo?.href.startsWith(`${uri}&error=`), true, sight.sentTo?.href)
    assert.equal(sight.sentTo?.searchParams.get('state'), state)
    assert.equal(sight.headers.get('set-cookie'), null)
  }
})

test('line breaks in the state are refused on a page of ours', async () => {
  ownPage(await ask({ state: 'x\r\nLocation: https://evil.example' }), 'parameter-invalid')
})

test('no text of the request is reflected into a page', async () => {
  const mark = '<img src=x onerror=alert(1)>'
  for (const more of [
    { client_id: mark },
    { redirect_uri: `https://e.example/${mark}` },
    { error_description: mark, client_id: 'x' },
  ])
    assert.equal((await ask(more)).html.includes('onerror'), false)
})

test('GET and form POST are equal, HEAD and the others are not answered', async () => {
  const [path = '', query = ''] = authorizeUrl(confidential, challenge, { scope: 'write' }).split('?')
  const posted = await alice.visit(path, { method: 'POST', body: new URLSearchParams(query) })
  assert.equal(posted.status, 200)
  assert.match(posted.html, /name="decision"/)
  for (const method of ['HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
    const answer = await fetch(`${server.url}${path}?${query}`, { method, redirect: 'manual' })
    assert.equal(answer.status, 405, method)
    assert.match(answer.headers.get('allow') ?? '', /GET.*POST/)
  }
})

test("another site's form is taken up as a GET, which brings our cookies along", async () => {
  const [path = '', query = ''] = authorizeUrl(confidential, challenge).split('?')
  const answer = await fetch(server.url + path, {
    method: 'POST',
    body: new URLSearchParams(query),
    headers: { 'sec-fetch-site': 'cross-site', origin: 'https://app.example' },
    redirect: 'manual',
  })
  assert.equal(answer.status, 303)
  const again = new URL(answer.headers.get('location') ?? '', server.url)
  assert.equal(again.pathname, path)
  assert.deepEqual([...again.searchParams], [...new URLSearchParams(query)])
})

test('no other origin may read the authorization endpoint', async () => {
  const answer = await fetch(server.url + authorizeUrl(confidential, challenge), {
    headers: { origin: 'https://evil.example' },
    redirect: 'manual',
  })
  assert.equal(answer.headers.get('access-control-allow-origin'), null)
})

test('a disabled client is told to nobody but the person in front', async () => {
  const { client } = await addClient(server.world)
  await server.world.clients.change(
    client.id,
    { active: false },
    { at: 1, event: 'changed', about: 'client', actor: 'x' },
  )
  ownPage(await ask({ client_id: client.id }), 'client-disabled', 403)
})
