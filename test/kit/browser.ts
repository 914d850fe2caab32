import chromium from '@sparticuz/chromium'
import axe from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium as driver, type Page } from 'playwright-core'

/**
 * Flags that fit a machine without a sandbox. Those of the package that switch protection off stay out: this browser is
 * to hold our pages to their policies, as everybody's does; and a single process would end with its first profile.
 */
const UNWANTED =
  /^--(?:single-process|no-zygote|disable-web-security|allow-running-insecure-content|disable-site-isolation-trials|disable-features=.*|headless.*)$/
const FLAGS = chromium.args.filter(flag => !UNWANTED.test(flag))

/** A real browser that comes out of an npm package; one for a whole test file (`after(closeBrowser)`). */
let running: Promise<Browser> | undefined

export function openBrowser(): Promise<Browser> {
  running ??= (async () => driver.launch({ executablePath: await chromium.executablePath(), args: FLAGS }))()
  return running
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
