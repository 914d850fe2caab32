import { TOKEN_ALGORITHM } from '../../model/credentials/signing-algorithm.ts'
import type { DemoMade } from '../../server/demo/make-demo.ts'
import type { Welcome } from '../../server/operate/welcome.ts'
import type { Config } from '../../server/settings/config.ts'
import { commandLine } from '../program/command-line.ts'

export type Demo = DemoMade & { token: string }

export type Greeting = Welcome & {
  demo?: Demo
  /** The address that the server listens on. */
  url: string
  /** The public address. */
  base: string
  seconds: number
  version: string
  config: Config
}

/** The greeting on a terminal: data found or made, addresses, and a command to paste. */
export function bannerLines(greeting: Greeting): string[] {
  const { base, seconds, version, database, keys, config, users } = greeting
  const node = process.version.slice(1).split('.')[0]
  const lines = [
    `claviger ${version} · ${config.env} · Node ${node}`,
    '',
    `  ✔ database   ${database.place}  (${database.engine}, ${database.made ? 'made' : `${users} users`}, ready in ${seconds.toFixed(1)} s)`,
    `  ✔ keys       ${TOKEN_ALGORITHM} signing key ${keys === 'made' ? 'made' : 'loaded'}`,
    ...(greeting.demo ? [`  ✔ demo data  ${demoLine(greeting.demo)}`] : []),
    ...logins(greeting).map(line => `    sign in as ${line}`),
    '',
    `  Console      ${base}/console`,
    `  Portal       ${base}/developers`,
    `  API docs     ${base}/docs`,
  ]
  if (greeting.setUp) lines.push(`  Set up       ${setUpLink(greeting)}   (makes the owner: one use, 15 minutes)`)
  if (greeting.warning) lines.push('', `  ! ${greeting.warning}`)
  const sample = tryIt(greeting)
  if (sample.length > 0)
    lines.push(
      '',
      `  Try it (works as pasted${greeting.demo ? ', for a day, read only' : ''})`,
      ...sample.map(line => `    ${line}`),
    )
  const removal = greeting.demo ? `   Remove demo data: ${commandLine(config, 'seed --remove')}` : ''
  lines.push('', `  Stop: Ctrl-C   Health: ${commandLine(config, 'doctor')}${removal}`, '')
  return lines
}

/** The greeting for logs and scripts, with one fact per line. */
export function plainLines(greeting: Greeting): string[] {
  const { base, url, version, database, keys, config } = greeting
  const lines = [
    `claviger ${version} (${config.env}) listens on ${url}`,
    `database: ${database.place} (${database.engine}${database.made ? ', made' : ''})`,
    `signing key: ${keys}`,
    `console: ${base}/console`,
    `portal: ${base}/developers`,
    `docs: ${base}/docs`,
  ]
  if (greeting.demo) lines.push(`demo data: ${demoLine(greeting.demo)}`)
  lines.push(...logins(greeting).map(line => `demo sign-in: ${line}`))
  if (greeting.setUp) lines.push(`set-up link (one use, 15 minutes): ${setUpLink(greeting)}`)
  if (greeting.warning) lines.push(`warning: ${greeting.warning}`)
  return [...lines, ...tryIt(greeting).map(line => `try: ${line}`)]
}

const demoLine = ({ counts }: Demo): string =>
  `${counts.users} users · ${counts.applications} applications · ${counts.credentials} credentials · ${counts.days} days of traffic`

/** The passwords are printed only when the demo is made, because the server does not store them. */
const logins = ({ demo }: Greeting): string[] =>
  (demo?.logins ?? []).map(({ handle, role, password }) => `${handle} (${role}), password ${password}`)

const setUpLink = ({ base, setUp }: Greeting): string => `${base}/setup/${setUp}`

/**
 * Commands to paste. With demo data: a call with the demo's token. At a first start: commands that make a user and a
 * token, and a call with it. Contains no secret other than the demo's.
 */
function tryIt({ users, config, url, demo }: Greeting): string[] {
  if (demo) return [`curl -H "Authorization: Bearer ${demo.token}" ${url}/v1/whoami`]
  if (users > 0) return []
  const user = commandLine(config, 'user create --handle first --quiet')
  const token = commandLine(config, 'token create --user first --name first --quiet')
  return [`${user} && curl -H "Authorization: Bearer $(${token})" ${url}/v1/whoami`]
}
