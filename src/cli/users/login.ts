import { printable, record } from '../output/answer.ts'
import { readStdin } from '../output/read-secret.ts'
import { hasBrowser, openAddress } from '../place/open-address.ts'
import { readUrl } from '../place/place.ts'
import type { Call, Noun } from '../program/command.ts'
import { usage } from '../program/options.ts'
import { type Context, changeContexts, readContexts } from '../remote/contexts.ts'
import { type DeviceStarted, signInByDevice } from '../remote/device-sign-in.ts'
import { signIn } from '../remote/sign-in.ts'
import { serverOf } from '../remote/tokens.ts'
import { whoamiAt } from '../remote/whoami.ts'

export const login: Noun = {
  verbs: [
    {
      at: '',
      about: 'Sign in to a server with the browser or a token from stdin; later commands use this server',
      examples: [
        'claviger login --url https://id.example.com',
        'claviger login --url https://id.example.com --device',
        'printf %s "$TOKEN" | claviger login --url https://id.example.com --with-token',
      ],
      options: [
        {
          flags: '--url <url>',
          about: 'address of the server (default: that of the current context, or CLAVIGER_URL)',
        },
        { flags: '--with-token', about: 'read an application token from stdin instead of opening the browser' },
        {
          flags: '--scope <scopes>',
          about: 'management scopes to ask for, such as "admin:read" (default: all that you may have)',
        },
        {
          flags: '--device',
          about: 'show a code to enter in a browser on another machine (default where no browser can be opened)',
        },
        { flags: '--no-browser', about: 'print the address, and do not open the browser' },
      ],
      async run(call) {
        const { options, tell } = call
        if (options.said('device') && options.said('withToken'))
          throw usage('device', 'does not go together with --with-token')
        const { url, name } = await target(call)
        if (url.startsWith('http:') && !/^http:\/\/(127\.|localhost|\[::1\])/.test(url))
          tell(`${url} is not encrypted: who listens on the way can read the token and use it.`)
        const context: Context = { url, ...(options.said('withToken') ? await given() : await obtained(call, url)) }
        const { who, principal } = await whoamiAt(serverOf(name, context))
        await changeContexts(known => {
          known.contexts[name] = { ...context, who }
          known.current = name
        })
        return record(
          { context: name, url, who, scope: scopeIn(principal) },
          { next: 'claviger status', notes: ['Commands work at this server now; claviger logout ends it.'] },
        )
      },
    },
  ],
}

const scopeIn = ({ scopes }: Record<string, unknown>): string => (Array.isArray(scopes) ? scopes.join(' ') : '')

async function given(): Promise<Pick<Context, 'token'>> {
  const token = (await readStdin()).trim()
  if (token === '') throw usage('withToken', 'reads the token from stdin, where nothing came')
  return { token }
}

async function obtained({ options, tell }: Call, url: string): Promise<Pick<Context, 'access' | 'refresh'>> {
  const scope = options.scopes()?.join(' ')
  const opens = options.either('browser') !== false
  const here = !options.said('device') && (!opens || hasBrowser())
  const tokens =
    here &&
    (await signIn(url, {
      scope,
      async show(address) {
        tell(
          `Sign in and allow the command line there. If no browser opens, open this address on this machine:\n${address}\nWith a browser on another machine: claviger login --url ${url} --device`,
        )
        return !opens || openAddress(address)
      },
    }))
  if (tokens) return tokens
  if (here) tell('No browser could be opened.')
  return signInByDevice(url, { scope, show: started => tell(invitation(started)) })
}

const invitation = ({ address, userCode, complete, lifeSeconds }: DeviceStarted): string =>
  [
    `Open this address in a browser on any machine, and enter the code ${printable(userCode)}:`,
    printable(address),
    ...(complete === undefined ? [] : ['Or open the address with the code in it:', printable(complete)]),
    `Waiting until it is allowed there, at most ${Math.ceil(lifeSeconds / 60)} minutes. Ctrl-C stops.`,
  ].join('\n')

/** A new context is named after the host by default. */
async function target({ options }: Call): Promise<{ url: string; name: string }> {
  const { current, contexts } = readContexts()
  const named = options.one('context')
  const known = contexts[named ?? current ?? '']
  const url = readUrl(options) ?? known?.url ?? process.env['CLAVIGER_URL']
  if (!url) throw usage('url', 'is missing: the address of the server')
  const same = Object.keys(contexts).find(name => contexts[name]?.url === url)
  return { url, name: named ?? same ?? new URL(url).host }
}
