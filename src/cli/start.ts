import { readVersion } from '../server/version.ts'
import type { Welcome } from '../server/welcome.ts'
import { bannerLines, plainLines } from './banner.ts'
import type { Noun } from './command.ts'

export const start: Noun = {
  verbs: [
    {
      at: '',
      about: 'Start the server; it runs until SIGTERM or Ctrl-C, finishes what it was asked and exits 0',
      examples: ['claviger start', 'claviger start --demo', 'claviger start --port 0 --data-dir /var/lib/claviger'],
      options: [
        { flags: '--host <address>', about: 'the address to listen on (CLAVIGER_HOST)' },
        { flags: '--port <port>', about: 'the port; 0 takes a free one and prints it (CLAVIGER_PORT)' },
        { flags: '--url <url>', about: 'the public address, which is the issuer (CLAVIGER_URL)' },
        { flags: '--workers <count>', about: 'processes that share the port (CLAVIGER_WORKERS)' },
      ],
      async run({ options, config, tell }) {
        const settled = config()
        const began = performance.now()
        const [{ serve }, { welcome }] = await Promise.all([
          import('../server/serve.ts'),
          import('../server/welcome.ts'),
        ])
        let facts: Welcome | undefined
        const exit = await serve(settled, {
          async prepare(house) {
            facts = await welcome(house, settled)
          },
          ready(url) {
            if (!facts) return
            const seconds = (performance.now() - began) / 1000
            const greeting = {
              ...facts,
              url,
              base: settled.url ?? url,
              seconds,
              version: readVersion(),
              config: settled,
            }
            if (options.said('json')) process.stdout.write(`${JSON.stringify(greetingJson(greeting))}\n`)
            else
              for (const line of (process.stdout.isTTY ? bannerLines : plainLines)(greeting))
                process.stdout.write(`${line}\n`)
          },
        })
        if (exit === 0) tell('Stopped.')
        return { json: undefined, text: '', exit }
      },
    },
  ],
}

const greetingJson = ({ url, base, setUp, database }: Parameters<typeof plainLines>[0]) => ({
  url,
  issuer: base,
  pid: process.pid,
  database: database.place,
  setup_link: setUp ? `${base}/setup/${setUp}` : null,
})
