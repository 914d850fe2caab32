import type { Page } from 'playwright-core'
import { arrive } from './browser.ts'
import { tabTo } from './console.ts'

/* How a person uses a page: with a mouse, or with nothing but a keyboard. */

export type Hand = {
  /** Presses a button or follows a link on the same page. */
  press(role: string, name: string | RegExp): Promise<void>
  /** The same where another page of the server comes. */
  go(role: string, name: string | RegExp): Promise<void>
  type(label: string | RegExp, text: string): Promise<void>
  tick(name: string | RegExp): Promise<void>
}

const mouse = (page: Page): Hand => {
  const press = (role: string, name: string | RegExp) =>
    page
      .getByRole(role as 'button', { name, ...(typeof name === 'string' && { exact: true }) })
      .first()
      .click()
  return {
    press,
    go: (role, name) => arrive(page, () => press(role, name)),
    type: (label, text) => page.getByLabel(label).first().fill(text),
    tick: name => page.getByRole('checkbox', { name }).check(),
  }
}

const keyboard = (page: Page): Hand => {
  const press = async (role: string, name: string | RegExp) => {
    await tabTo(page, role, name, 120)
    await page.keyboard.press('Enter')
  }
  return {
    press,
    go: (role, name) => arrive(page, () => press(role, name)),
    async type(label, text) {
      await tabToField(page, label)
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.type(text)
    },
    async tick(name) {
      await tabTo(page, 'checkbox', name, 120)
      await page.keyboard.press('Space')
    },
  }
}

/** Presses Tab until the focus is in the field with this label, whatever its role is. */
async function tabToField(page: Page, label: string | RegExp): Promise<void> {
  const field = page.getByLabel(label).first()
  await field.waitFor()
  for (let presses = 0; presses < 120; presses++) {
    if (await field.evaluate(element => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the field ${label} is not reached by Tab`)
}

export const HANDS: readonly [string, (page: Page) => Hand][] = [
  ['with a mouse', mouse],
  ['by keyboard alone', keyboard],
]
export const withMouse = mouse
