import { Refusal } from '../../model/refusals/refusal.ts'
import type { ClientGrade, Step } from '../../server/mcp-check/check-mcp.ts'
import type { Person } from '../../server/mcp-check/sign-in.ts'
import { printable } from '../output/answer.ts'
import { EXIT } from '../output/exit-codes.ts'
import { openAddress } from '../place/open-address.ts'
import type { Noun } from '../program/command.ts'
import { awaitCallback } from '../remote/await-callback.ts'

const MARKS = { ok: '✔', warn: '!', fail: '✘' } as const

export const mcp: Noun = {
  verbs: [
    {
      at: 'check <url>',
      about: 'Check each step by which MCP clients find, register with and use an MCP server; exit code 8 if one fails',
      examples: [
        'claviger mcp check https://notes.example.com/mcp',
        'claviger mcp check http://127.0.0.1:3000/mcp --json',
      ],
      options: [
        {
          flags: '--sign-in',
          about: 'also register a client, sign in with the browser, and call the MCP server with the token',
        },
        {
          flags: '--client-id <id>',
          about: 'with --sign-in: client id of a registered client with the redirect address http://127.0.0.1/callback',
        },
        { flags: '--no-browser', about: 'print the address, and do not open the browser' },
      ],
      onlyHere: 'it asks the named MCP server over the network of this machine',
      async run({ options, tell }) {
        const { checkMcp } = await import('../../server/mcp-check/check-mcp.ts')
        const { refusedAddress } = await import('../../server/mcp-check/send.ts')
        const said = options.argument(0)
        const url = URL.canParse(said) ? new URL(said) : undefined
        const refused = url
          ? refusedAddress(said, url)
          : 'is no absolute address, such as https://notes.example.com/mcp'
        if (!url || refused)
          throw new Refusal('parameter-invalid', `the address ${refused}`, {
            sentence: `The address ${refused}. Clients of MCP use https, or http on their own machine.`,
          })
        const callback = options.said('signIn') ? await awaitCallback() : undefined
        const person: Person | undefined = callback && {
          redirectUri: callback.redirectUri,
          ask(address) {
            tell(
              `Sign in and allow the check. If no browser opens, open this address on this machine:\n${printable(address)}`,
            )
            if (options.either('browser') !== false) void openAddress(address)
            return callback.parameters()
          },
        }
        const signIn = person && { person, clientId: options.one('clientId') }
        const { steps, clients, passed, ...about } = await checkMcp(url, signIn).finally(() => callback?.close())
        return {
          json: { ...about, passed, steps, clients },
          text: printableLines([...steps.flatMap(stepLines), ...notReached(steps), '', ...clients.map(clientLine)]),
          ...(!passed && { exit: EXIT.negative }),
        }
      },
    },
  ],
}

/** Escapes control characters, because addresses and names come from servers of strangers. */
const printableLines = (lines: readonly string[]): string => lines.map(printable).join('\n')

function stepLines({ step, ...graded }: Step): string[] {
  if (graded.state === 'not reached') return []
  const line = `${MARKS[graded.state]} ${graded.state.padEnd(4)}  ${step}: ${graded.found}`
  return graded.fix ? [line, `        fix: ${graded.fix}`] : [line]
}

function notReached(steps: readonly Step[]): string[] {
  const names = steps.filter(({ state }) => state === 'not reached').map(({ step }) => step)
  return names.length > 0 ? [`· not reached: ${names.join(', ')}`] : []
}

const REGISTERS = {
  document: 'by the metadata document of the client',
  dynamic: 'by registering itself',
  'pre-registered': 'with a client id that you give it; redirect addresses:',
} as const

function clientLine({ client, connects, registers, stoppedBy, redirectUris }: ClientGrade): string {
  const name = client.padEnd(8)
  if (!connects || !registers) return `✘ ${name}  cannot connect: ${stoppedBy.join(', ') || 'not reached'}`
  return `✔ ${name}  can connect, ${REGISTERS[registers]}${registers === 'pre-registered' ? ` ${redirectUris.join(' ')}` : ''}`
}
