import { quoted } from '../../model/refusals/missing.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { record } from '../output/answer.ts'
import { openAddress } from '../place/open-address.ts'
import type { Noun } from '../program/command.ts'

const PAGES: Record<string, string> = {
  console: '/console',
  portal: '/developers',
  account: '/account',
  docs: '/docs',
}

export const open: Noun = {
  verbs: [
    {
      at: '[page]',
      about: `Print the address of a page and open it in the browser: ${Object.keys(PAGES).join(', ')} (default: console)`,
      examples: ['claviger open', 'claviger open portal --url https://id.example.com'],
      options: [{ flags: '--no-browser', about: 'print the address, and do not open the browser' }],
      async run({ options, place, issuer }) {
        const page = options.argument(0) || 'console'
        const path = Object.hasOwn(PAGES, page) ? PAGES[page] : undefined
        if (path === undefined)
          throw new Refusal('parameter-invalid', 'no such page', {
            sentence: `There is no page ${quoted(page)}. Name one of ${Object.keys(PAGES).join(', ')}.`,
          })
        const at = place()
        const url = `${at.is === 'server' ? at.url : await issuer()}${path}`
        if (options.either('browser') !== false && process.stdout.isTTY) void openAddress(url)
        return record({ page, url }, { text: url })
      },
    },
  ],
}
