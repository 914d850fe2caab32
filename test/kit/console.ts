import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { openPage, signInAt } from './browser.ts'
import { PASSWORD } from './cast.ts'
import type { TestServer } from './server.ts'

/* A member of the staff in front of the console, in a real browser. */

const root = join(import.meta.dirname, '..', '..')

/** The pages as they are served; `npm ci` has built them, unless somebody took them away. */
export function requireBuilt(part: 'index.html' | 'reference' = 'index.html'): void {
  if (existsSync(join(root, 'dist-web', part))) return
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'web', 'build.js')], { cwd: root })
  if (status !== 0) throw new Error(`the console cannot be built:\n${stderr}`)
}

/** Everything a browser complains about: broken policies, errors in the console, exceptions nobody caught. */
export type Watched = { page: Page; complaints: string[] }

export async function openConsole(
  server: TestServer,
  handle = 'boss',
  options: BrowserContextOptions = {},
): Promise<Watched> {
  requireBuilt()
  const page = await openPage({ baseURL: server.url, reducedMotion: 'reduce', ...options })
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(String(error)))
  page.on('console', message => {
    // A refused request is an answer; the page shows it.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text())
  })
  await signInAt(page, '/console', handle, PASSWORD)
  await page.waitForURL('**/console')
  await page.getByRole('heading', { level: 1 }).waitFor()
  return { page, complaints }
}

/** Presses Tab until the focus is on something of this role and name; how a person without a mouse gets there. */
export async function tabTo(page: Page, role: string, name: string | RegExp, most = 80): Promise<void> {
  const wanted = page.getByRole(role as 'button', { name }).first()
  await wanted.waitFor()
  for (let presses = 0; presses < most; presses++) {
    if (await wanted.evaluate(element => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${role} ${name} is not reached by ${most} presses of Tab`)
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * What axe-core finds on the page as it stands. It goes in by the debugger, so the page's policy stays in force. `rules`: these
 * alone.
 */
export async function findBarriers(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe)
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: { type: 'rule', values: rules } }) }
  const { violations } = (await page.evaluate(`axe.run(${JSON.stringify(options)})`)) as {
    violations: { id: string; nodes: { html: string; failureSummary: string }[] }[]
  }
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${html.slice(0, 300)} ${failureSummary.slice(0, 300)}`),
  )
}

/** The console follows the theme of the system when its scripts hear of the change. */
const shows = (colorScheme: string) =>
  [colorScheme, undefined].includes(document.documentElement.dataset['mantineColorScheme'])

/** What reaches furthest beyond the side of a page that scrolls sideways. */
const widest = () => {
  const reaches = (element: Element) => element.getBoundingClientRect().right
  const [first] = [...document.querySelectorAll('body *')].sort((a, b) => reaches(b) - reaches(a))
  return first?.outerHTML.slice(0, 300) ?? 'the page'
}

/** Those that never end, or are put aside half-way, are not waited for. */
const letAnimationsEnd = () => {
  const running = document
    .getAnimations()
    .filter(({ playState, effect }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity)
  return Promise.race([
    Promise.allSettled(running.map(animation => animation.finished)),
    new Promise(resolve => setTimeout(resolve, 1000)),
  ])
}

const OF_COLOURS = ['color-contrast', 'link-in-text-block']
/** A theme changes colours alone, so the second is looked at for these; at 360 px, what is new is what does not fit. */
const VIEWS: readonly { colorScheme: 'light' | 'dark'; width: number; rules?: readonly string[]; barriers: boolean }[] =
  [
    { colorScheme: 'light', width: 1440, barriers: true },
    { colorScheme: 'light', width: 390, barriers: true },
    { colorScheme: 'light', width: 360, barriers: false },
    { colorScheme: 'dark', width: 390, barriers: true, rules: OF_COLOURS },
    { colorScheme: 'dark', width: 1440, barriers: true, rules: OF_COLOURS },
  ]

/** What hinders somebody on the page as it stands, in both themes and three widths: barriers, and what scrolls sideways. */
export async function findHindrances(page: Page, name: string): Promise<string[]> {
  const found: string[] = []
  for (const { colorScheme, width, barriers, rules } of VIEWS) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height: 900 })
    await page.waitForFunction(shows, colorScheme)
    await page.evaluate(letAnimationsEnd)
    const place = `${name} (${colorScheme}, ${width} px)`
    if (barriers) for (const barrier of await findBarriers(page, rules)) found.push(`${place}: ${barrier}`)
    // What is drawn to measure follows a new width with the next frames.
    const fits = page.waitForFunction('document.documentElement.scrollWidth <= innerWidth', undefined, {
      timeout: 5000,
    })
    await fits.catch(async () => found.push(`${place} scrolls sideways: ${await page.evaluate(widest)}`))
  }
  return found
}
