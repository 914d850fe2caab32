import { Refusal } from '../../model/refusals/refusal.ts'
import { readVersion } from '../../server/settings/version.ts'

/* Sends one request to a server and returns the answer, or throws a refusal that says why there is none. */

const PATIENCE_MILLISECONDS = 30_000

export type Request = {
  method: string
  /** Path and query. */
  path: string
  /** An object is sent as JSON, URLSearchParams as a form. */
  body?: object | URLSearchParams | undefined
  /** A credential for the Authorization header. */
  bearer?: string | undefined
}
/** `json` is absent if the answer is not JSON. */
export type Reply = { status: number; headers: Headers; text: string; json?: unknown }

export async function askServer(url: string, request: Request): Promise<Reply> {
  const { method, path, body, bearer } = request
  const form = body instanceof URLSearchParams
  try {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        accept: 'application/json, application/problem+json',
        'user-agent': `claviger/${readVersion()}`,
        ...(body && !form && { 'content-type': 'application/json' }),
        ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      },
      // Following a redirect would send the credential to another address.
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
      ...(body && { body: form ? body : JSON.stringify(body) }),
    })
    return await readReply(answer)
  } catch (error) {
    throw unreachable(url, error)
  }
}

async function readReply(answer: Response): Promise<Reply> {
  const { status, headers } = answer
  const text = await answer.text()
  if (!/\bjson\b/.test(headers.get('content-type') ?? '')) return { status, headers, text }
  try {
    return { status, headers, text, json: JSON.parse(text) as unknown }
  } catch {
    return { status, headers, text }
  }
}

function unreachable(url: string, error: unknown): Refusal {
  const cause = (error as Error).cause as NodeJS.ErrnoException | undefined
  const code = cause?.code ?? cause?.message ?? (error as Error).name
  return new Refusal('unavailable', `${url}: ${code}`, { sentence: `${url} cannot be reached: ${reasonOf(code)}` })
}

function reasonOf(code: string): string {
  if (code === 'ECONNREFUSED') return 'nothing listens at this address. Is the server running?'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'there is no host of this name.'
  if (code === 'TimeoutError' || /TIMEOUT/.test(code)) return 'no answer came in time.'
  if (/CERT|SELF_SIGNED|ALTNAME|UNABLE_TO/.test(code))
    return `its certificate is not trusted (${code}). NODE_EXTRA_CA_CERTS names a file with the authority that issued it.`
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'EPROTO')
    return 'it does not speak TLS. Is it an http address?'
  return `${code}.`
}

/** The refusal for an answer that does not come from a Claviger but from another program or a proxy. */
export function notClaviger(url: string, { status, headers }: Reply): Refusal {
  const to = headers.get('location')
  const what = to === null ? `answers ${status} ${headers.get('content-type') ?? ''}`.trim() : `sends on to ${to}`
  return new Refusal('unavailable', `${url} answered ${status}`, {
    sentence: `${url} is not the address of a Claviger server: it ${what}.`,
  })
}
