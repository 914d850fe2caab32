import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, beforeEach, test } from 'node:test'
import type { Page } from 'playwright-core'
import { removeSecondFactor } from '../../src/core/sign-in/methods/remove-second-factor.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { accessibilityFaults, arrive, closeBrowser, complaintsOf, openPage } from '../kit/browser.ts'
import { addUser, PASSWORD, signIn } from '../kit/cast.ts'
import { setClock } from '../kit/clock.ts'
import { tabTo } from '../kit/console.ts'
import { type Person, person } from '../kit/person.ts'
import { readPicture } from '../kit/qr-code.ts'
import { stopClockOfLimits, type TestServer, testServer } from '../kit/server.ts'
import { codeOf } from '../kit/zebbra.ts'

/* A second factor in the account: everybody sets it up, keeps codes on paper, and comes back in without the phone. */

beforeEach(() => setClock(0))
after(closeBrowser)

type Hand = {
  fill(label: string, text: string): Promise<void>
  press(role: 'button' | 'link', name: string): Promise<void>
}

const byMouse = (page: Page): Hand => ({
  fill: (label, text) => page.getByLabel(label, { exact: true }).fill(text),
  press: (role, name) => arrive(page, () => page.getByRole(role, { name, exact: true }).click()),
})

/** Tab, Enter and typing, nothing else. */
const byKeyboard = (page: Page): Hand => ({
  async fill(label, text) {
    const field = page.getByLabel(label, { exact: true })
    for (let presses = 0; presses < 60; presses++) {
      if (await field.evaluate(element => element === document.activeElement)) break
      await page.keyboard.press('Tab')
    }
    await page.keyboard.type(text)
  },
  async press(role, name) {
    await tabTo(page, role, name)
    await arrive(page, () => page.keyboard.press('Enter'))
  },
})

/** The phone: it scans the picture and shows codes. */
async function scan(page: Page): Promise<URL> {
  const picture = page.getByRole('img', { name: /QR/ })
  const size = Number((await picture.getAttribute('viewBox'))?.split(' ')[2])
  return new URL(readPicture(size, (await picture.locator('path').getAttribute('d')) ?? ''))
}

for (const [way, handOf] of [
  ['with a mouse', byMouse],
  ['by keyboard alone', byKeyboard],
] as const)
  test(`job 8, seven steps from the start page, ${way}: add a second factor, lose the phone, sign in with a recovery code`, async () => {
    await using server = await testServer({ CLAVIGER_BRAND_NAME: 'House of Ada' })
    await addUser(server.world)
    const page = await openPage({ baseURL: server.url, acceptDownloads: true })
    const complaints = complaintsOf(page)
    const hand = handOf(page)
    let steps = 0
    const step = async (...deeds: (() => Promise<unknown>)[]) => {
      steps++
      for (const deed of deeds) await deed()
    }
    await step(
      () => page.goto('/'),
      () => hand.fill('User name or e-mail', 'alice'),
      () => hand.fill('Password', PASSWORD),
      () => hand.press('button', 'Sign in'),
    )
    await step(() => hand.press('link', 'Second factor'))
    await step(() => hand.press('button', 'Set up one-time codes'))
    const scanned = await scan(page)
    assert.deepEqual(
      [scanned.protocol, scanned.host, decodeURIComponent(scanned.pathname), scanned.searchParams.get('issuer')],
      ['otpauth:', 'totp', '/House of Ada:alice', 'House of Ada'],
    )
    const secret = scanned.searchParams.get('secret') ?? ''
    await page.getByText(secret.match(/.{4}/g)?.join(' ') ?? '?').waitFor()
    await step(
      () => hand.fill('Code from the app', codeOf(secret)),
      () => hand.press('button', 'Confirm'),
    )
    const codes = (await page.getByLabel('Recovery codes').inputValue()).split('\n')
    assert.equal(codes.length, 10)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      (async () => {
        await tabTo(page, 'link', 'Download as a text file')
        await page.keyboard.press('Enter')
      })(),
    ])
    const file = await readFile(await download.path(), 'utf8')
    assert.equal(download.suggestedFilename(), 'recovery-codes.txt')
    for (const code of codes) assert.ok(file.includes(code))
    await step(() => hand.press('link', 'I have stored them'))
    await page.getByText('10 recovery codes are left.').waitFor()
    assert.equal((await page.content()).includes(codes[0] ?? ''), false, 'shown once')

    // Another browser: the phone is lost, and so is this session.
    await page.context().clearCookies()
    await step(
      () => page.goto('/'),
      () => hand.fill('User name or e-mail', 'alice'),
      () => hand.fill('Password', PASSWORD),
      () => hand.press('button', 'Sign in'),
    )
    await step(
      () => hand.fill('Code', codes[0] ?? ''),
      () => hand.press('button', 'Continue'),
    )
    await page.getByText('You signed in with a recovery code').waitFor()
    await page.getByText('9 recovery codes are left.').waitFor()
    assert.ok(steps <= 8, `${steps} steps`)
    assert.deepEqual(complaints, [])
    await page.context().close()
  })

async function begin(server: TestServer, who: Person): Promise<string> {
  await who.visit('/account/second-factor')
  const { html } = await who.submit({})
  return (/<code class="secret">([A-Z2-7 ]+)</.exec(html)?.[1] ?? `none in ${server.url}`).replaceAll(' ', '')
}
async function signedIn(server: TestServer, handle: string): Promise<Person> {
  const who = person(server.url)
  await who.visit('/login')
  await signIn(who, handle)
  return who
}
const codesIn = (html: string): string[] => /<textarea[^>]*id="codes"[^>]*>([^<]*)</.exec(html)?.[1]?.split('\n') ?? []
/** Sends one of several forms of a page. */
const send = async (who: Person, from: string, path: string, more: Record<string, string> = {}) => {
  const csrf = /name="csrf" value="([^"]*)"/.exec((await who.visit(from)).html)?.[1] ?? ''
  return who.visit(path, { method: 'POST', body: new URLSearchParams({ csrf, ...more }) })
}
const HOME = '/account/second-factor'

test('nothing is on before a right code; a wrong one shows the same secret again; what is sent twice changes nothing', async () => {
  await using server = await testServer()
  const { id } = await addUser(server.world)
  const who = await signedIn(server, 'alice')
  const secret = await begin(server, who)
  const wrong = await who.submit({ code: '000000' })
  assert.equal(wrong.status, 401)
  assert.match(wrong.html, /id="code-problem"/)
  assert.ok(wrong.html.replaceAll(' ', '').includes(secret))
  assert.equal((await server.world.users.byId(id))?.secondFactor, false)
  const done = await who.submit({ code: codeOf(secret) })
  assert.equal(codesIn(done.html).length, 10)
  const again = await send(who, HOME, `${HOME}/confirm`, { code: codeOf(secret, { later: 1 }) })
  assert.deepEqual([again.url, codesIn(again.html)], [server.url + HOME, []])
})

test('new recovery codes end those before; few left is a warning; the factor is removed after a question', async () => {
  await using server = await testServer()
  const { id } = await addUser(server.world)
  const who = await signedIn(server, 'alice')
  const secret = await begin(server, who)
  const first = codesIn((await who.submit({ code: codeOf(secret) })).html)
  const second = codesIn((await send(who, HOME, `${HOME}/codes`)).html)
  assert.equal(new Set([...first, ...second]).size, 20)
  const opens = async (code: string) => {
    const other = await signedIn(server, 'alice')
    return (await other.submit({ code })).url.endsWith('/account/second-factor?done=recovered')
  }
  assert.equal(await opens(first[0] ?? ''), false)
  for (const code of second.slice(0, 7)) assert.equal(await opens(code), true)
  const few = (await who.visit(HOME)).html
  assert.match(few, /3 recovery codes are left\. Make new ones now/)
  const asked = await who.visit(`${HOME}/remove`)
  assert.match(asked.html, /your password alone signs you in/)
  assert.match((await who.submit({})).url, /done=factorRemoved/)
  assert.equal((await server.world.users.byId(id))?.secondFactor, false)
  assert.match((await signedIn(server, 'alice')).cookies.get('claviger-session') ?? '', /^clv_ses_/)
})

test('after ten minutes a form that makes secrets or takes rights asks for the factor, or the password, and keeps what was entered', async () => {
  await using server = await testServer()
  await addUser(server.world)
  const who = await signedIn(server, 'alice')
  setClock(11 / 60)
  await who.visit('/account/tokens')
  const entries = { name: 'Backup script', kind: 'api-key', days: '7' }
  const asked = await who.submit(entries)
  assert.match(asked.html, /<h1>Is it you\?<\/h1>/)
  assert.match((await who.submit({ proof: 'guess' })).html, /id="proof-problem">The password is wrong/)
  const made = await who.submit({ proof: PASSWORD })
  assert.equal(made.status, 201)
  assert.match(made.html, />clv_key_/)
  assert.match((await who.visit('/account/tokens')).html, /Backup script/)
  const secret = await begin(server, who)
  assert.match(secret, /^[A-Z2-7]{32}$/, 'proven just now, so it is not asked again')
  const codes = codesIn((await who.submit({ code: codeOf(secret, { now: Date.now() }) })).html)
  setClock(22 / 60)
  for (const [from, path] of [
    [HOME, `${HOME}/begin`],
    [HOME, `${HOME}/codes`],
    [`${HOME}/remove`, `${HOME}/remove`],
  ] as const) {
    assert.match((await send(who, from, path)).html, /<h1>Is it you\?<\/h1>/, path)
    assert.equal(
      (await who.submit({ proof: PASSWORD })).status,
      401,
      'the factor is there, so the password is not enough',
    )
  }
  assert.match((await who.submit({ proof: codes[0] ?? '' })).url, /done=factorRemoved/)
})

test('guesses at a proof are counted like those at a sign-in, and stand in the activity', async () => {
  await using server = await testServer({ CLAVIGER_LIMITS: 'on' })
  stopClockOfLimits(server)
  const { id } = await addUser(server.world)
  const who = await signedIn(server, 'alice')
  setClock(11 / 60)
  await send(who, HOME, `${HOME}/begin`)
  let statuses = ''
  for (let i = 0; i < 14; i++) statuses += `${(await who.submit({ proof: `guess ${i}` })).status} `
  assert.match(statuses, /^(401 ){1,12}(429 )+$/)
  await server.world.recorder.flush()
  const { items } = await server.world.journal.list({ userId: id, event: 'sign-in-failed' }, { limit: 50 })
  // Alike refusals of one time stand there once, with their number.
  assert.equal(items[0]?.reason, 'login-failed')
})

test('when staff removed a factor its owner reads of it on the page, until there is another', async () => {
  await using server = await testServer()
  const { id } = await addUser(server.world)
  const who = await signedIn(server, 'alice')
  await who.submit({ code: codeOf(await begin(server, who)) })
  assert.doesNotMatch((await who.visit(HOME)).html, /was removed by staff/)
  await removeSecondFactor(server.world, OPERATOR, { userId: id })
  assert.match((await who.visit(HOME)).html, /was removed by staff/)
})

test('axe-core finds nothing on the pages of the second factor, in both languages, wide and narrow', async () => {
  await using server = await testServer()
  for (const locale of ['en-GB', 'de-DE'])
    for (const colorScheme of ['light', 'dark'] as const) {
      // A person for each: a code opens something once.
      const handle = `${colorScheme}.${locale}`
      await addUser(server.world, handle)
      const page = await openPage({ baseURL: server.url, colorScheme, locale })
      await page.goto(`/login?next=${HOME}`)
      await page.fill('[name=username]', handle)
      await page.fill('[name=password]', PASSWORD)
      await arrive(page, () => page.click('button[type=submit]'))
      const look = async (name: string) => {
        for (const width of [390, 1440]) {
          await page.setViewportSize({ width, height: 900 })
          assert.deepEqual(await accessibilityFaults(page), [], `${name} ${locale} ${colorScheme} ${width}`)
          assert.ok(Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth')) <= 0, name)
          if (process.env['SCREENSHOTS'])
            await page.screenshot({
              path: `${process.env['SCREENSHOTS']}/${name}-${locale}-${colorScheme}-${width}.png`,
              fullPage: true,
            })
        }
      }
      await look('off')
      await arrive(page, () => page.click(`form[action="${HOME}/begin"] button`))
      await look('set-up')
      const secret = (await scan(page)).searchParams.get('secret') ?? ''
      await page.fill('#code', codeOf(secret))
      await arrive(page, () => page.click('button[type=submit]'))
      await look('codes')
      await page.goto(HOME)
      await look('on')
      await page.goto(`${HOME}/remove`)
      await look('remove')
      await arrive(page, () => page.click(`form[action="${HOME}/remove"] button`))
      await look('removed')
      await page.context().close()
    }
})
