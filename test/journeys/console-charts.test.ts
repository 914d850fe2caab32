import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { issueKey } from '../../src/core/credentials/issue/issue-key.ts'
import { DAY, HOUR } from '../../src/model/span.ts'
import { OPERATOR } from '../../src/model/users/actor.ts'
import { closeBrowser } from '../kit/browser.ts'
import { addUser } from '../kit/cast.ts'
import { findBarriers, openConsole, tabTo } from '../kit/console.ts'
import { type TestServer, testServer } from '../kit/server.ts'

/* Charts lead to what is behind them, by pointer and by keyboard, and can be taken away as files. */

let server: TestServer
let page: Page
let complaints: string[]
let keyId: string
/** Three hours ago, to the hour: the bar everybody looks at. */
let then: number

before(async () => {
  server = await testServer()
  const { world } = server
  const boss = await addUser(world, 'boss', { role: 'owner' })
  const made = (name: string, now = Date.now()) =>
    issueKey({ ...world, now: () => now }, OPERATOR, {
      kind: 'api-key',
      userId: boss.id,
      name,
      scopes: ['read'],
    })
  keyId = (await made('busy')).credential.id
  await made('forgotten', Date.now() - 100 * DAY)
  then = Math.floor(Date.now() / HOUR) * HOUR - 3 * HOUR
  const of = { minute: then / 60_000 + 5, countedBy: keyId, kind: 'api-key' }
  await world.usage.add(
    [
      { ...of, outcome: 'valid', count: 40 },
      { ...of, outcome: 'expired', count: 30 },
    ],
    new Map([[keyId, then]]),
    [],
  )
  await world.usage.addTimes(
    then,
    new Map([
      [12, 60],
      [24, 10],
    ]),
  )
  const entry = { event: 'refused', about: 'credential', aboutId: keyId, credentialId: keyId, actor: 'system' } as const
  await world.journal.append([
    { ...entry, at: then - 20 * HOUR, reason: 'expired' },
    { ...entry, at: then + 60_000, reason: 'revoked' },
    { ...entry, at: then + 60_000, reason: 'expired' },
  ])
  ;({ page, complaints } = await openConsole(server, 'boss', {
    timezoneId: 'UTC',
    viewport: { width: 1280, height: 900 },
  }))
})
after(async () => {
  await closeBrowser()
  await server.stop()
})

const chart = (title: string): Locator => page.getByRole('slider', { name: title })
const card = (title: string): Locator =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: title }) })

async function overview(title: string): Promise<Locator> {
  await page.goto('/console')
  const found = chart(title)
  await found.waitFor()
  await found.scrollIntoViewIfNeeded()
  return found
}

/** Where the bucket of that time stands: of 24 hours, the last one under way. */
async function middleOf(slider: Locator, at: number): Promise<{ x: number; y: number; step: number; height: number }> {
  const box = await slider.boundingBox()
  const count = Number(await slider.getAttribute('aria-valuemax'))
  const first = Math.floor(Date.now() / HOUR) * HOUR - (count - 1) * HOUR
  const step = (box?.width ?? 0) / count
  return { x: (box?.x ?? 0) + step * ((at - first) / HOUR + 0.5), y: box?.y ?? 0, step, height: box?.height ?? 0 }
}

/** Presses that lead from the hour under way, the last bar, to the bar everybody looks at. */
const toThen = () => Array.from({ length: (Math.floor(Date.now() / HOUR) * HOUR - then) / HOUR }, () => 'ArrowLeft')

const asked = () => Object.fromEntries(new URL(page.url()).searchParams)
const range = (from: number, to: number) => ({ since: String(from / 1000), until: String(to / 1000 - 1) })

test('a click on the refused part of a bar opens exactly these refusals, with the filter in the address; back returns', async () => {
  const { x, y, height } = await middleOf(await overview('Requests by outcome'), then)
  // 70 of 80 are drawn: 40 accepted below, 30 refused above.
  await page.mouse.click(x, y + height * 0.3)
  await page.waitForURL('**/activity?**')
  assert.deepEqual(asked(), { event: 'refused', reason: 'expired', ...range(then, then + HOUR) })
  await page.getByRole('textbox', { name: 'Time' }).waitFor()
  await page.waitForFunction(() => !document.querySelector('.mantine-Skeleton-root'))
  assert.equal(await page.getByRole('main').locator('ol > li').count(), 1)
  await page.getByRole('button', { name: 'Remove the filter “Reason”' }).click()
  await page.waitForFunction(() => document.querySelectorAll('main ol > li').length === 2)
  await page.getByRole('button', { name: 'Remove the filter “Time”' }).click()
  await page.waitForFunction(() => document.querySelectorAll('main ol > li').length === 3)
  await page.goBack()
  await chart('Requests by outcome').waitFor()
})

test('dragging over a chart opens all that happened in that stretch', async () => {
  const { x, y, step } = await middleOf(await overview('Requests by outcome'), then)
  await page.mouse.move(x - 2 * step, y + 20)
  await page.mouse.down()
  await page.mouse.move(x, y + 30)
  await page.mouse.move(x + step, y + 30)
  await page.mouse.up()
  await page.waitForURL('**/activity?**')
  assert.deepEqual(asked(), range(then - 2 * HOUR, then + 2 * HOUR))
})

test('by keyboard alone: arrows move and are read out, up chooses a reason, Shift takes in more, Enter opens', async () => {
  const slider = await overview('Requests by outcome')
  await page.getByRole('heading', { level: 1 }).click()
  await tabTo(page, 'slider', 'Requests by outcome')
  for (const key of ['End', ...toThen()]) await page.keyboard.press(key)
  const text = () => slider.getAttribute('aria-valuetext')
  assert.match((await text()) ?? '', /: 40 Valid, 30 Expired$/)
  await page.keyboard.press('ArrowUp')
  assert.match((await text()) ?? '', /: 30 Expired$/)
  assert.deepEqual(await findBarriers(page), [])
  await page.keyboard.press('Enter')
  await page.waitForURL('**/activity?**')
  assert.deepEqual(asked(), { event: 'refused', reason: 'expired', ...range(then, then + HOUR) })

  await overview('Duration of checks')
  await page.getByRole('heading', { level: 1 }).click()
  await tabTo(page, 'slider', 'Duration of checks')
  for (const key of ['End', ...toThen()]) await page.keyboard.press(key)
  assert.match((await chart('Duration of checks').getAttribute('aria-valuetext')) ?? '', /µs .*p50/)
  await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/activity?**')
  assert.deepEqual(asked(), range(then - HOUR, then + HOUR))
})

test('in the last minute of an hour there is no bar of the hour to come, and the last bar is the hour under way', async () => {
  const other = await page.context().newPage()
  await other.clock.setFixedTime(then + HOUR - 20_000)
  await other.goto('/console')
  const slider = other.getByRole('slider', { name: 'Requests by outcome' })
  await slider.waitFor()
  assert.equal(await slider.getAttribute('aria-valuemax'), '24')
  await slider.focus()
  await other.keyboard.press('End')
  assert.match((await slider.getAttribute('aria-valuetext')) ?? '', /: 40 Valid, 30 Expired/)
  await other.close()
})

test('a bar of ages opens the credentials it stands for', async () => {
  const slider = await overview('Age of active keys and tokens')
  assert.ok(await slider.isVisible())
  await card('Age of active keys and tokens').getByRole('button', { name: 'View as table' }).click()
  await card('Age of active keys and tokens').getByRole('link', { name: '3–6 m' }).click()
  await page.getByText('1 credential shown').waitFor()
  await page.getByRole('cell', { name: 'forgotten' }).first().waitFor()
})

test('when a credential is used stands in a grid of the week, to be walked by keyboard and read as a table', async () => {
  await page.goto(`/console/credentials/${keyId}`)
  const week = chart('When it is used')
  await week.waitFor()
  const at = new Date(then)
  const clock = (hour: number) => `${String(hour % 24).padStart(2, '0')}:00`
  const words = `${at.toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' })}s, ${clock(at.getUTCHours())} to ${clock(at.getUTCHours() + 1)}`
  await card('When it is used').getByText(`40 uses in the last 4 weeks. Busiest: ${words} (UTC).`).waitFor()
  await week.focus()
  await page.keyboard.press('Home')
  assert.match((await week.getAttribute('aria-valuetext')) ?? '', /^Mondays, 00:00 to 01:00: 0 uses/)
  for (let day = 0; day < (at.getUTCDay() + 6) % 7; day++) await page.keyboard.press('ArrowDown')
  for (let hour = 0; hour < at.getUTCHours(); hour++) await page.keyboard.press('ArrowRight')
  assert.equal((await week.getAttribute('aria-valuetext'))?.trim(), `${words}: 40 uses`)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/activity?*')
  const filters = new URL(page.url()).searchParams
  const hour = then - (then % HOUR)
  assert.deepEqual(
    ['credential', 'since', 'until'].map(name => filters.get(name)),
    [keyId, String(hour / 1000), String(hour / 1000 + 3599)],
    'the latest such hour, of this credential',
  )
  await page.goBack()
  await card('When it is used').getByRole('button', { name: 'View as table' }).click()
  await card('When it is used').getByRole('cell', { name: '40' }).waitFor()
})

test('series differ by more than colour, and the legend shows how', async () => {
  await overview('Requests by outcome')
  const textures = await card('Requests by outcome')
    .locator('[data-legend] li')
    .evaluateAll(items => items.map(item => item.querySelector('pattern path')?.getAttribute('d') ?? 'plain'))
  assert.deepEqual([textures.length, new Set(textures).size], [2, 2])
  assert.match(
    (await card('Requests by kind').getByRole('link').getAttribute('href')) ?? '',
    /credentials\?kind=api_key$/,
  )
  // The legend shows what is drawn.
  const drawn = await card('Requests by outcome')
    .locator('svg[data-picture] pattern path')
    .evaluateAll(paths => paths.map(path => path.getAttribute('d')))
  assert.deepEqual(drawn, [textures[1]])
  const lines = await card('Duration of checks')
    .locator('[data-legend] li path[stroke]')
    .evaluateAll(paths => paths.map(path => path.getAttribute('stroke-dasharray') ?? 'solid'))
  assert.deepEqual([lines.length, new Set(lines).size], [3, 3])
})

test('a chart is saved as PNG, SVG and CSV under the page’s own policy, and needs nothing of the page any more', async () => {
  await overview('Requests by outcome')
  const saved = async (item: string) => {
    await card('Requests by outcome').getByRole('button', { name: 'Download' }).click()
    const coming = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: item }).click()
    const download = await coming
    return { name: download.suggestedFilename(), content: readFileSync(await download.path()) }
  }
  const csv = await saved('Table (CSV)')
  assert.equal(csv.name, 'requests-by-outcome.csv')
  const [head, ...rows] = csv.content.toString().split('\r\n')
  assert.equal(head, 'time,Valid,Expired')
  assert.ok(rows.includes(`${new Date(then).toISOString()},40,30`))

  const svg = (await saved('Drawing (SVG)')).content.toString()
  assert.match(svg, /^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
  assert.match(svg, />Requests by outcome</)
  assert.match(svg, />Expired</)
  assert.ok(!svg.includes('var('), 'every colour is settled')
  const other = await page.context().newPage()
  await other.goto(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`)
  assert.deepEqual(
    await other.evaluate(() => [document.documentElement.nodeName, document.querySelectorAll('parsererror').length]),
    ['svg', 0],
  )
  await other.close()

  const png = await saved('Picture (PNG)')
  assert.equal(png.name, 'requests-by-outcome.png')
  assert.equal(png.content.subarray(1, 4).toString(), 'PNG')
  const [width, height] = [png.content.readUInt32BE(16), png.content.readUInt32BE(20)]
  assert.ok(
    width > 600 && height > 500 && png.content.length > 10_000,
    `${width} x ${height}, ${png.content.length} bytes`,
  )
  assert.deepEqual(complaints, [])
})
