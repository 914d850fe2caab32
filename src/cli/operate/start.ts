import type { Installation } from '../../server/compose.ts'
import type { Welcome } from '../../server/operate/welcome.ts'
import { isEveryAddress } from '../../server/settings/addresses.ts'
import type { Config } from '../../server/settings/config.ts'
import { noteBeside } from '../../server/settings/find-installation.ts'
import { readVersion } from '../../server/settings/version.ts'
import { bannerLines, type Demo, plainLines } from '../output/banner.ts'
import { openProgress } from '../output/progress.ts'
import { outlastStdout } from '../output/standard-streams.ts'
import type { Noun } from '../program/command.ts'
import { readSeed } from './seed.ts'

export const start: Noun = {
  verbs: [
    {
      at: '',
      about: 'Start the server; SIGTERM or Ctrl-C stops it once open requests are answered',
      examples: ['claviger start', 'claviger start --demo', 'claviger start --port 0 --data-dir /var/lib/claviger'],
      onlyHere: 'it is the server',
      options: [
        { flags: '--host <address>', about: 'IP address to listen on (CLAVIGER_HOST)' },
        { flags: '--port <port>', about: 'port to listen on; 0 chooses a free port and prints it (CLAVIGER_PORT)' },
        { flags: '--url <url>', about: 'public address of the server, which is its issuer (CLAVIGER_URL)' },
        {
          flags: '--demo',
          about: 'add demo data and a read-only token, in development only (claviger seed --remove removes them)',
        },
        { flags: '--seed <number>', about: 'with --demo: number that determines the demo data, such as 7' },
        { flags: '--workers <count>', about: 'number of processes that share the port (CLAVIGER_WORKERS)' },
      ],
      async run({ options, config, tell }) {
        const settled = config()
        const beside = noteBeside(settled)
        outlastStdout()
        const began = performance.now()
        const [{ serve }, { welcome }] = await Promise.all([
          import('../../server/serve.ts'),
          import('../../server/operate/welcome.ts'),
        ])
        let facts: Welcome | undefined
        let demo: Demo | undefined
        const exit = await serve(settled, {
          async prepare(installation) {
            if (beside) tell(beside)
            facts = await welcome(installation, settled)
            if (options.said('demo')) demo = await addDemo(installation, settled, readSeed(options))
          },
          ready(url) {
            if (!facts) return
            if (!settled.url && isEveryAddress(settled.host))
              tell(
                `Listens on every address, but links and the issuer say ${url}. Set CLAVIGER_URL to the address that clients use.`,
              )
            const seconds = (performance.now() - began) / 1000
            const greeting = {
              ...facts,
              ...(demo && { demo }),
              url,
              base: settled.url ?? url,
              seconds,
              version: readVersion(),
              config: settled,
            }
            if (options.said('json')) process.stdout.write(`${JSON.stringify(greetingJson(greeting))}\n`)
            // Writes all lines at once, so that a program that waits for the address also gets the other lines.
            else process.stdout.write(`${(process.stdout.isTTY ? bannerLines : plainLines)(greeting).join('\n')}\n`)
          },
        })
        if (exit === 0) tell('Stopped.')
        return { json: undefined, text: '', exit }
      },
    },
  ],
}

async function addDemo(installation: Installation, config: Config, seed: number): Promise<Demo> {
  const { demoToken, makeDemo } = await import('../../server/demo/make-demo.ts')
  const bar = openProgress('demo data')
  const made = await makeDemo(installation.world, { seed }, bar.move)
  bar.end()
  return { ...made, token: await demoToken(installation.world, config.dataDir) }
}

const greetingJson = ({ url, base, setUp, warning, database, demo }: Parameters<typeof plainLines>[0]) => ({
  url,
  issuer: base,
  pid: process.pid,
  database: database.place,
  setup_link: setUp ? `${base}/setup/${setUp}` : null,
  warning: warning ?? null,
  demo_token: demo?.token ?? null,
  demo_logins: demo?.logins ?? [],
})
