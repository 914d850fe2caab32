import { spawn } from 'node:child_process'

/**
 * Opens an address in the browser, or in the program named by `BROWSER`. Resolves to false if that failed. A program that
 * stays open delays the result.
 */
export function openAddress(address: string): Promise<boolean> {
  const [program, ...words] = opener()
  const child = spawn(program, [...words, address], { stdio: 'ignore', detached: true })
  child.unref()
  return new Promise(resolve => {
    child.once('error', () => resolve(false))
    child.once('exit', code => resolve(code === 0))
  })
}

/** False without a display, and in a session from another machine, where a browser would open out of the person's sight. */
export function hasBrowser(environment: NodeJS.ProcessEnv = process.env, platform = process.platform): boolean {
  const { BROWSER, SSH_CONNECTION, DISPLAY, WAYLAND_DISPLAY } = environment
  if (BROWSER) return true
  if (SSH_CONNECTION) return false
  return platform === 'darwin' || platform === 'win32' || Boolean(DISPLAY || WAYLAND_DISPLAY)
}

function opener(): [string, ...string[]] {
  const { BROWSER } = process.env
  if (BROWSER) return [BROWSER]
  if (process.platform === 'darwin') return ['open']
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler']
  return ['xdg-open']
}
