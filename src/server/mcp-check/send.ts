import { isLoopback } from '../../core/clients/redirect-uri.ts'

/* Requests to servers of other people, as an MCP client sends them, with limits for time, size and target. */

export type Reply = { status: number; headers: Headers; text: string; json?: unknown }
/** `failed`: why no complete answer arrived, as part of a sentence. */
export type Sent = Reply | { failed: string }
export type Send = (url: string, init?: RequestInit) => Promise<Sent>

export const isReply = (sent: Sent | undefined): sent is Reply => sent !== undefined && 'status' in sent

export type Bounds = { milliseconds: number; bytes: number }
const STANDARD: Bounds = { milliseconds: 10_000, bytes: 256 * 1024 }

/** Why a client must not go to this address, or `undefined`. `from` is the MCP server, which strangers may have named. */
export function refusedAddress(url: string, from: URL): string | undefined {
  if (!URL.canParse(url)) return 'is not an absolute address'
  const { protocol, hostname, username, password } = new URL(url)
  if (username || password) return 'contains a user name or a password'
  if (isLoopback(hostname)) return isLoopback(from.hostname) ? undefined : 'names the machine of the client itself'
  return protocol === 'https:' ? undefined : 'is not https'
}

/** Does not follow redirects, because metadata and endpoints must be at exactly the given addresses. */
export function openSend(from: URL, { milliseconds, bytes }: Bounds = STANDARD): Send {
  return async (url, init = {}) => {
    const refused = refusedAddress(url, from)
    if (refused) return { failed: `the address ${refused}` }
    try {
      const signal = AbortSignal.timeout(milliseconds)
      const answer = await fetch(url, { ...init, redirect: 'manual', signal })
      const text = await readAtMost(answer, bytes)
      if (text === undefined) return { failed: `the answer is longer than ${bytes / 1024} KB` }
      return { status: answer.status, headers: answer.headers, text, ...parsed(text) }
    } catch (error) {
      return { failed: sentenceOf(error, milliseconds) }
    }
  }
}

async function readAtMost(answer: Response, bytes: number): Promise<string | undefined> {
  // An event stream does not end, and its headers are enough.
  if (answer.headers.get('content-type')?.startsWith('text/event-stream')) {
    await answer.body?.cancel()
    return ''
  }
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of answer.body ?? []) {
    size += part.length
    if (size > bytes) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts).toString()
}

function parsed(text: string): { json?: unknown } {
  try {
    return { json: JSON.parse(text) }
  } catch {
    return {}
  }
}

function sentenceOf(error: unknown, milliseconds: number): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `no answer came within ${milliseconds / 1000} s`
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error ? cause.message || cause.name : String(cause)
}
