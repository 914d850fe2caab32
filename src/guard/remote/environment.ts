/* Optional features of a runtime. The guard needs only web-standard APIs; with these features it is faster or easier to configure. */

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

/** SHA-256 of a text. Node computes it synchronously; Web Crypto needs a turn of the event loop. */
export function digest(text: string): string | Promise<string> {
  return nodeHash ? nodeHash('sha256', text, 'base64url') : webDigest(text)
}

async function webDigest(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return btoa(String.fromCharCode(...bytes))
}

/** A timer that does not keep the process alive, if the runtime supports that. Returns a function that cancels it. */
export function later(milliseconds: number, run: () => void): () => void {
  const timer = setTimeout(run, milliseconds) as unknown as { unref?: () => void }
  timer.unref?.()
  return () => clearTimeout(timer as unknown as number)
}
