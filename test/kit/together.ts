import { after, describe } from 'node:test'
import { pathToFileURL } from 'node:url'

/**
 * Runs test files one after another in this process, each as a suite of its own: its hooks are for its tests alone, and
 * the next file is loaded when the hooks after its last test have run. The server is so loaded once for all of them. A
 * suite has as much time as one test, so a file that is alone is no suite.
 */
export async function runTogether(files: readonly { name: string; path: string }[]): Promise<void> {
  const [first, second] = files
  if (first && !second) await import(pathToFileURL(first.path).href)
  else for (const file of files) await runAsSuite(file)
}

async function runAsSuite({ name, path }: { name: string; path: string }): Promise<void> {
  const { promise: ended, resolve } = Promise.withResolvers<void>()
  void describe(name, async () => {
    try {
      await import(pathToFileURL(path).href)
    } finally {
      after(() => resolve())
    }
  })
  await ended
}
