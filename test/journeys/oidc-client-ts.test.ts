import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import type { SignoutResponse, User, UserProfile } from 'oidc-client-ts'
import { arrive, closeBrowser, complaintsOf, openPage } from '../kit/browser.ts'
import { addClient, addUser, PASSWORD } from '../kit/cast.ts'
import { testServer } from '../kit/server.ts'

/* An application that consists of scripts alone, in Chromium, with the client library oidc-client-ts on another origin. */

after(closeBrowser)

/** A site with one page at each path. Its script makes `manager`, for the client that the address of the page names. */
async function scriptSite(authority: string) {
  const library = await readFile(fileURLToPath(new URL('browser/oidc-client-ts.js', libraryFolder)))
  const http = createServer((request, response) => {
    if (request.url === '/library.js') return response.setHeader('content-type', 'text/javascript').end(library)
    return response.setHeader('content-type', 'text/html').end(`<!doctype html><link rel="icon" href="data:,">
      <script src="/library.js"></script>
      <script>
        const client_id = new URLSearchParams(location.search).get('client') ?? localStorage.client
        localStorage.client = client_id
        const manager = new oidc.UserManager({
          authority: '${authority}',
          client_id,
          redirect_uri: location.origin + '/callback',
          post_logout_redirect_uri: location.origin + '/left',
          scope: 'openid email offline_access',
          loadUserInfo: true,
          automaticSilentRenew: false,
        })
      </script>`)
  })
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  return { origin, [Symbol.asyncDispose]: async () => void http.close() }
}
const libraryFolder = new URL('../', import.meta.resolve('oidc-client-ts'))

test('oidc-client-ts in Chromium: sign-in by redirect, id token, userinfo, refresh, and sign-out by redirect', async () => {
  await using server = await testServer()
  const alice = await addUser(server.world, 'alice', { email: 'alice@example.org' })
  await using site = await scriptSite(server.url)
  const { client } = await addClient(server.world, {
    type: 'public',
    redirectUris: [`${site.origin}/callback`],
    scopes: ['openid', 'email', 'offline_access'],
    metadata: { postLogoutRedirectUris: [`${site.origin}/left`] },
  })
  const page = await openPage()
  const complaints = complaintsOf(page)
  await page.goto(`${site.origin}/?client=${client.id}`)
  await arrive(page, () => page.evaluate("void manager.signinRedirect({ nonce: 'n-0S6', state: 'here I was' })"))
  await page.fill('[name=username]', 'alice')
  await page.fill('[name=password]', PASSWORD)
  await page.click('button[type=submit]')
  await page.click('button[value=allow]')
  await page.waitForURL(`${site.origin}/callback?**`)

  const keys = createRemoteJWKSet(new URL(`${server.url}/.well-known/jwks.json`))
  const checked = (user: User) => jwtVerify(user.id_token ?? '', keys, { issuer: server.url, audience: client.id })
  const first = await page.evaluate<User & { state: unknown }>('manager.signinRedirectCallback()')
  assert.equal(first.state, 'here I was')
  assert.partialDeepStrictEqual(first.profile, {
    sub: alice.id,
    email: 'alice@example.org',
  } satisfies Partial<UserProfile>)
  assert.equal((await checked(first)).payload['nonce'], 'n-0S6')

  // The library refuses an id token of a refresh with another subject or another time of sign-in.
  server.world.now = () => Date.now() + 60_000
  const renewed = await page.evaluate<User>('manager.signinSilent()')
  assert.notEqual(renewed.access_token, first.access_token)
  assert.notEqual(renewed.refresh_token, first.refresh_token)
  assert.equal((await checked(renewed)).payload.sub, alice.id)

  await arrive(page, () => page.evaluate("void manager.signoutRedirect({ state: 'bye' })"))
  await page.waitForURL(`${site.origin}/left?**`)
  const left = await page.evaluate<SignoutResponse>('manager.signoutRedirectCallback()')
  assert.equal(left.userState, 'bye')
  assert.equal(await page.evaluate('manager.getUser()'), null)
  await page.goto(`${server.url}/account`)
  assert.match(page.url(), /\/login/)
  assert.deepEqual(complaints, [])
})
