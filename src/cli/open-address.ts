import { spawn } from 'node:child_process'

/**
 * Opens an address in the browser, or in the program named by `BROWSER`. Does nothing without a browser, because the address
 * was printed.
 */
export function openAddress(address: string): void {
  const [program, ...words] = opener()
  const child = spawn(program, [...words, address], { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}

function opener(): [string, ...string[]] {
  const { BROWSER } = process.env
  if (BROWSER) return [BROWSER]
  if (process.platform === 'darwin') return ['open']
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler']
  return ['xdg-open']
}
