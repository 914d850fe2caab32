import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { command, emptyFolder, launch, type Outcome } from './command.ts'

type Stored = {
  current?: string
  contexts: Record<string, { url: string; access?: { token: string; expiresAt: number }; refresh?: string }>
}

/** A person's machine: a folder to work in, and one for what the command line keeps. */
export async function machine(own: Record<string, string> = {}) {
  const [home, folder] = [await emptyFolder(), await emptyFolder()]
  const env = { ...own, XDG_CONFIG_HOME: home.path }
  const file = join(home.path, 'claviger', 'contexts.json')
  return {
    run: (words: string[], input = ''): Promise<Outcome> => command(words, { env, cwd: folder.path, input }),
    start: (words: string[]) => launch(words, { env, cwd: folder.path }),
    file,
    stored: () => JSON.parse(readFileSync(file, 'utf8')) as Stored,
    store: (contexts: Stored) => writeFileSync(file, JSON.stringify(contexts)),
    async [Symbol.asyncDispose]() {
      await home[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}
export type Machine = Awaited<ReturnType<typeof machine>>
