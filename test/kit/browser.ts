import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import chromium from '@sparticuz/chromium'
import axe from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium as driver, type Page } from 'playwright-core'
import manifest from '../../package.json' with { type: 'json' }

const VERSION = manifest.devDependencies['@sparticuz/chromium']

/**
 * Flags that fit a machine without a sandbox. Those of the package that switch protection off stay out: this browser is
 * to hold our pages to their policies, as everybody's does; and a single process would end with its first profile. Those
 * that paint with a graphics card that software imitates stay out, too: that takes ten times the processor time.
 */
const UNWANTED =
  /^--(?:single-process|no-zygote|disable-web-security|allow-running-insecure-content|disable-site-isolation-trials|disable-features=.*|headless.*|in-process-gpu|ignore-gpu-blocklist|use-gl=.*|use-angle=.*|enable-unsafe-swiftshader)$/
const FLAGS = [...chromium.args.filter(flag => !UNWANTED.test(flag)), '--disable-gpu']

/** A real browser that comes out of an npm package; one for a whole test file (`after(closeBrowser)`). */
let running: Promise<Browser> | undefined

export function openBrowser(): Promise<Browser> {
  running ??= (async () => driver.launch({ executablePath: await unpackBrowser(), args: FLAGS }))()
  return running
}

/**
 * The package unpacks into the system's temporary folder and takes a file that is there for a whole one. Two test files
 * that begin at once would so start half a browser. Here each unpacks into a folder of its own, and the first that is
 * done gives it its name: what has the name is complete.
 */
async function unpackBrowser(): Promise<string> {
  const entry = import.meta.resolve('@sparticuz/chromium')
  const home = join(tmpdir(), `claviger-browser-${VERSION}-${userInfo().uid}`)
  if (!existsSync(home)) {
    const own = await mkdtemp(`${home}-`)
    const unpack = `import chromium from ${JSON.stringify(entry)}; await chromium.executablePath()`
    await promisify(execFile)(process.execPath, ['--input-type=module', '-e', unpack], {
      env: { ...process.env, TMPDIR: own, TMP: own, TEMP: own },
      timeout: 120_000,
    })
    await rename(own, home).catch(() => rm(own, { recursive: true, force: true }))
  }
  return join(home, 'chromium')
}

export async function closeBrowser(): Promise<void> {
  const browser = await running
  running = undefined
  await browser?.close()
}

/** A fresh profile: no cookies, the given theme and width. */
export async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  const browser = await openBrowser()
  const context = await browser.newContext({ locale: 'en-GB', ...options })
  return context.newPage()
}

/** Does what leads to another page, and waits until that one stands: what follows never meets the old one. */
export async function arrive(page: Page, act: () => Promise<unknown>): Promise<void> {
  await Promise.all([page.waitForEvent('load'), act()])
}

/** A person in front of a sign-in page, on the way to `path`. */
export async function signInAt(page: Page, path: string, handle: string, password: string): Promise<void> {
  await page.goto(path)
  await page.fill('[name=username]', handle)
  await page.fill('[name=password]', password)
  await arrive(page, () => page.click('button[type=submit]'))
}

/** What axe-core finds on the page in sight, one line each; nothing is what we want. Runs beside the page's own policy. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const results = (await page.evaluate('axe.run(document)')) as axe.AxeResults
  return results.violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html} ${node.failureSummary}`))
}

/** Collects what the browser complains about: refused by a policy, failed to load. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', error => complaints.push(error.message))
  return complaints
}
