import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createResource } from '../../src/core/resources/create-resource.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { closeBrowser, openPage, signInAt } from '../kit/browser.ts'
import { addClient, addUser, CALLBACK, PASSWORD, pkce, redeem } from '../kit/cast.ts'
import { findBarriers } from '../kit/console.ts'
import { HANDS, withMouse } from '../kit/hand.ts'
import { testServer } from '../kit/server.ts'
import { job } from '../kit/steps.ts'

/*
 * Job 3: register an application in the portal and run the flow to a token. Job 4: consent as a user, on a phone. Job 5: see
 * and withdraw what an application may do.
 */

after(closeBrowser)
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

for (const [way, handOf] of HANDS)
  test(`job 3, ${way}, in seven steps: an application is registered, its person allows it, the code becomes a token`, async () => {
    await using server = await testServer()
    await addUser(server.world)
    await createResource(server.world, OPERATOR, {
      audience: 'https://tickets.example',
      name: 'Tickets',
      scopes: ['read'],
    })
    const page = await openPage({ baseURL: server.url })
    const hand = handOf(page)
    await signInAt(page, '/developers', 'alice', PASSWORD)
    const { step, taken } = job()
    await step('Applications', () => hand.go('link', 'Applications'))
    await step('its name', () => hand.type('Name', 'Weather'))
    await step('its address', () => hand.type(/^Redirect addresses/, `${server.url}/callback`))
    await hand.tick(/^read\b/)
    await step('Register', () => hand.go('button', 'Register'))
    const secret = await page.getByLabel('Client secret').inputValue()
    await step('Details', () => hand.go('link', /Details|All applications|Weather/))
    const printed = (await page.locator('li pre').last().textContent()) ?? ''
    await step('the flow', () => hand.go('link', /Send the person to/))
    await step('Allow', () => hand.go('button', 'Allow'))
    const code = new URL(page.url()).searchParams.get('code') ?? ''
    const words = printed.replace('$CODE', code).replace('$CLIENT_SECRET', secret).split(' ')
    const form = new URLSearchParams(
      words
        .filter(word => /^"?\w+=/.test(word))
        .map(word => word.replace(/^"|"$/g, ''))
        .join('&'),
    )
    if (!form.has('client_secret') && /-u /.test(printed)) form.set('client_secret', secret)
    if (!form.has('client_id')) form.set('client_id', /clv_cid_\w+/.exec(printed)?.[0] ?? '')
    const answer = await fetch(`${server.url}/oauth2/token`, { method: 'POST', body: form })
    const { access_token: token = '' } = (await answer.json()) as { access_token?: string }
    const whoami = await fetch(`${server.url}/v1/whoami`, { headers: { authorization: `Bearer ${token}` } })
    assert.equal(((await whoami.json()) as { subject: { handle: string } }).subject.handle, 'alice')
    assert.equal(taken(), 7)
    await page.context().close()
  })

test('job 4, on a phone, in two steps: who asks, for what and where it leads is read without scrolling sideways', async () => {
  await using server = await testServer()
  await addUser(server.world)
  const app = await addClient(server.world)
  const { verifier, challenge } = pkce()
  const page = await openPage({ baseURL: server.url, ...PHONE })
  const hand = withMouse(page)
  const asked = new URLSearchParams({
    response_type: 'code',
    client_id: app.client.id,
    redirect_uri: CALLBACK,
    scope: 'read write',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })
  const { step, taken } = job()
  await step('sign in', () => signInAt(page, `/oauth2/authorize?${asked}`, 'alice', PASSWORD))
  const text = (await page.textContent('main')) ?? ''
  for (const part of ['Travel Diary', 'alice', 'app.example']) assert.ok(text.includes(part), part)
  assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true)
  assert.deepEqual(await findBarriers(page), [])
  for (const name of ['Allow', 'Deny']) {
    const box = await page.getByRole('button', { name, exact: true }).boundingBox()
    assert.ok(box && box.height >= 40 && box.width >= 120, `${name} is large enough for a thumb`)
  }
  const sent = page.waitForRequest(request => request.url().startsWith(CALLBACK))
  await step('Allow', () => hand.press('button', 'Allow'))
  const code = new URL((await sent).url()).searchParams.get('code') ?? ''
  const tokens = await redeem(server.url, app, code, verifier)
  assert.ok(tokens.access_token)
  assert.equal(taken(), 2)
  await page.context().close()
})

for (const [way, handOf] of HANDS)
  test(`job 5, ${way}, in three steps: what the application may do is seen, its access ends at the answer, its token is refused`, async () => {
    await using server = await testServer()
    const { world } = server
    const user = await addUser(world)
    const app = await addClient(world)
    const { verifier, challenge } = pkce()
    const { giveCode } = await import('../kit/cast.ts')
    const code = await giveCode(world, app.client, user, challenge)
    const { access_token = '' } = await redeem(server.url, app, code, verifier)
    const call = async () =>
      (await fetch(`${server.url}/v1/whoami`, { headers: { authorization: `Bearer ${access_token}` } })).status
    assert.equal(await call(), 200)
    await world.recorder.flush()
    const page = await openPage({ baseURL: server.url, ...(way === 'with a mouse' ? PHONE : {}) })
    const hand = handOf(page)
    await signInAt(page, '/', 'alice', PASSWORD)
    const { step, taken } = job()
    await step('Applications', () => hand.go('link', /^(Connected a|A)pplications$/))
    assert.match((await page.textContent('main')) ?? '', /Travel Diary/)
    await step('Revoke access', () => hand.go('button', 'Revoke access'))
    assert.match((await page.textContent('main')) ?? '', /1 credential of 1 person, used 1 time in the last 24 hours/)
    assert.equal(await call(), 200, 'a question ends nothing')
    await step('sure', () => hand.go('button', /^Revoke access/))
    assert.equal(await call(), 401)
    assert.equal(taken(), 3)
    await page.context().close()
  })
