/* What a runtime may or may not have. The guard needs web-standard APIs only; these make it faster or easier where they exist. */

type Runtime = {
  process?: {
    env?: Record<string, string | undefined>
    getBuiltinModule?: (name: string) => unknown
  }
}
const runtime = globalThis as unknown as Runtime

export const setting = (name: string): string | undefined => runtime.process?.env?.[name] || undefined

export const inProduction = (): boolean => setting('NODE_ENV') === 'production'

type NodeHash = (algorithm: string, data: string, encoding: 'base64url') => string
const nodeHash = (runtime.process?.getBuiltinModule?.('node:crypto') as { hash?: NodeHash } | undefined)?.hash

/** SHA-256 of a text. Node answers at once; elsewhere Web Crypto takes a turn of the event loop. */
export function digest(text: string): string | Promise<string> {
  return nodeHash ? nodeHash('sha256', text, 'base64url') : webDigest(text)
}

async function webDigest(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return btoa(String.fromCharCode(...bytes))
}

/** Timers that keep no process alive, where the runtime knows that difference. */
export function later(milliseconds: number, run: () => void): () => void {
  const timer = setTimeout(run, milliseconds) as unknown as { unref?: () => void }
  timer.unref?.()
  return () => clearTimeout(timer as unknown as number)
}
