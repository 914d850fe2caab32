import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { emptyFolder } from '../kit/command.ts'

/* `@claviger/guard`, built, packed, and installed by npm into an empty folder, as somebody else's program has it. */

export const root = join(import.meta.dirname, '..', '..')
export const quietly = { stdio: ['ignore', 'pipe', 'pipe'] as ('ignore' | 'pipe')[], encoding: 'utf8' as const }

export async function installedGuard() {
  const folder = await emptyFolder()
  const [built, place] = [join(folder.path, 'built'), join(folder.path, 'app')]
  execFileSync(process.execPath, [join(root, 'packaging', 'guard.ts'), built], { cwd: root, ...quietly })
  execFileSync('npm', ['pack', built, '--pack-destination', folder.path], { cwd: folder.path, ...quietly })
  const tarball = join(folder.path, readdirSync(folder.path).find(name => name.endsWith('.tgz')) ?? '')
  mkdirSync(place)
  execFileSync('npm', ['init', '-y'], { cwd: place, ...quietly })
  execFileSync('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', tarball], { cwd: place, ...quietly })
  return { ...folder, built, tarball, place, modules: join(place, 'node_modules') }
}
export type InstalledGuard = Awaited<ReturnType<typeof installedGuard>>

/** Puts packages of this repository beside the guard: frameworks, and their types. */
export function lend({ modules }: InstalledGuard, ...names: readonly string[]): void {
  for (const name of names) {
    const target = join(modules, name)
    mkdirSync(join(target, '..'), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), target)
  }
}

/** The Node.js that runs this test, and the machine's own where there is another one. */
export function runtimes(): string[] {
  const own = realpathSync(process.execPath)
  const found = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter(folder => !folder.includes('node_modules'))
    .map(folder => join(folder, 'node'))
    .find(file => existsSync(file) && realpathSync(file) !== own)
  return found ? [own, found] : [own]
}

/** Runs a program that listens at `PORT`, waits until it answers, and ends it when `use` is done. */
export async function whileRunning(
  [binary, file, port]: readonly [string, string, number],
  env: Record<string, string>,
  use: (url: string) => Promise<void>,
): Promise<void> {
  const url = `http://127.0.0.1:${port}`
  const child = spawn(binary, [file], { env: { ...env, PORT: String(port) }, stdio: ['ignore', 'inherit', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    said += text
  })
  const closed = once(child, 'close')
  try {
    while (
      !(await fetch(url).then(
        answer => answer.text(),
        () => undefined,
      ))
    ) {
      if (child.exitCode !== null) throw new Error(`it ended: ${said}`)
      await new Promise(resolve => setTimeout(resolve, 50))
    }
    await use(url)
  } finally {
    child.kill('SIGKILL')
    await closed
  }
}

/** The samples of a document: the language, and the text between the fences. */
export const samplesIn = (document: string): { language: string; text: string }[] =>
  [...document.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({ language, text }))
