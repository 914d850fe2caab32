import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { closeBrowser, complaintsOf, openPage } from '../kit/browser.ts'
import { addClient, addUser, askTokens, authorizeUrl, PASSWORD, pkce } from '../kit/cast.ts'
import { person, readForm } from '../kit/person.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* OAuth 2.0 Form Post Response Mode: the answer arrives at the application as a form, and stands in no address. */

let server: TestServer
before(async () => {
  server = await testServer()
  await addUser(server.world)
})
after(async () => {
  await closeBrowser()
  await server.stop()
})

/** An application with an origin of its own, which remembers the forms it was sent. */
async function application() {
  const forms: URLSearchParams[] = []
  const http = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    if (request.method === 'POST') forms.push(new URLSearchParams(body))
    response.setHeader('content-type', 'text/html').end('<title>arrived</title>')
  })
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  const callback = `http://127.0.0.1:${(http.address() as AddressInfo).port}/cb?x=1`
  const client = await addClient(server.world, { redirectUris: [callback], scopes: ['openid', 'read'] })
  return { callback, client, forms, [Symbol.asyncDispose]: async () => void http.close() }
}

for (const javaScriptEnabled of [true, false])
  test(`in Chromium ${javaScriptEnabled ? 'the script sends the answer' : 'without scripts a button does'}: code, then refusal`, async () => {
    await using app = await application()
    const { verifier, challenge } = pkce()
    const page = await openPage({ javaScriptEnabled })
    const complaints = complaintsOf(page)
    const more = { redirect_uri: app.callback, response_mode: 'form_post', scope: 'openid', state: 'a"<b>&' }
    const url = server.url + authorizeUrl(app.client.client.id, challenge, more)
    const send = async () => {
      if (!javaScriptEnabled) await page.click('button[type=submit]')
      await page.waitForURL(app.callback)
    }
    await page.goto(url)
    await page.fill('[name=username]', 'alice')
    await page.fill('[name=password]', PASSWORD)
    await page.click('button[type=submit]')
    await page.waitForSelector('button[value=allow]')
    await page.click('button[value=allow]')
    await send()
    const [first] = app.forms
    assert.deepEqual([first?.get('state'), first?.get('iss')], ['a"<b>&', server.url])
    const code = first?.get('code') as string
    const form = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: app.callback }
    const { id_token } = (await askTokens(server.url, app.client, form)) as { id_token?: string }
    assert.ok(id_token)

    await page.goto(`${url}&prompt=consent`)
    await page.click('button[value=deny]')
    await send()
    assert.deepEqual([app.forms[1]?.get('error'), app.forms[1]?.get('iss')], ['access_denied', server.url])
    await page.goto(server.url + authorizeUrl(app.client.client.id, challenge, { ...more, scope: 'strange' }))
    await send()
    assert.equal(app.forms[2]?.get('error'), 'invalid_scope')
    assert.deepEqual(complaints, [])
  })

test('the page is not cached, and its policy permits its one script and no other', async () => {
  await using app = await application()
  const who = person(server.url)
  const more = {
    redirect_uri: app.callback,
    response_mode: 'form_post',
    scope: 'strange',
    state: '"><script>alert(1)</script>',
  }
  const sight = await who.visit(authorizeUrl(app.client.client.id, pkce().challenge, more))
  assert.equal(sight.status, 200)
  assert.equal(sight.headers.get('cache-control'), 'no-store')
  const scripts = [...sight.html.matchAll(/<script>(.*?)<\/script>/g)].map(([, text = '']) => text)
  assert.equal(scripts.length, 1)
  const hash = createHash('sha256')
    .update(scripts[0] as string)
    .digest('base64')
  const policy = sight.headers.get('content-security-policy') ?? ''
  assert.match(policy, /script-src 'sha256-[A-Za-z0-9+/=]+';/)
  assert.ok(policy.includes(hash))
  assert.doesNotMatch(policy, /form-action|unsafe/)
  assert.equal(readForm(sight.html).action, app.callback)
  assert.equal(readForm(sight.html).fields['state'], more.state)
})

test('a request that is a form of another site is taken up with the cookies of this one', async () => {
  await using app = await application()
  const page = await openPage()
  await page.goto(`${server.url}/login`)
  await page.fill('[name=username]', 'alice')
  await page.fill('[name=password]', PASSWORD)
  await Promise.all([page.waitForURL(/account/), page.click('button[type=submit]')])
  const query = new URL(
    server.url + authorizeUrl(app.client.client.id, pkce().challenge, { redirect_uri: app.callback }),
  ).searchParams
  const fields = [...query].map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`).join('')
  await page.goto(app.callback.replace('127.0.0.1', 'localhost'))
  await page.setContent(
    `<form method="post" action="${server.url}/oauth2/authorize">${fields}<button>go</button></form>`,
  )
  await page.click('button')
  await page.waitForSelector('button[value=allow]')
  assert.match(await page.content(), /alice/)
})

test('an address with a scheme of its own cannot receive a form', async () => {
  const { client } = await addClient(server.world, { type: 'public', redirectUris: ['com.example.app:/cb'] })
  const more = { redirect_uri: 'com.example.app:/cb', response_mode: 'form_post' }
  const { sentTo } = await person(server.url).visit(authorizeUrl(client.id, pkce().challenge, more))
  assert.equal(sentTo?.searchParams.get('error'), 'invalid_request')
})
