import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Refusal } from '../../model/refusals/refusal.ts'

const PATIENCE_MILLISECONDS = 10 * 60_000

/** Listens on a free loopback port for the one response to an authorization request (RFC 8252 section 7.3). */
export async function awaitCallback(path = '/callback'): Promise<Callback> {
  let settle: (answer: URLSearchParams) => void = () => {}
  const answer = new Promise<URLSearchParams>(resolve => {
    settle = resolve
  })
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (request.method !== 'GET' || url.pathname !== path) return void response.writeHead(404).end()
    const denied = url.searchParams.has('error')
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      connection: 'close',
    })
    response.end(PAGE(denied ? 'Nothing was allowed' : 'The command line has its answer'), () =>
      settle(url.searchParams),
    )
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const timer = setTimeout(() => settle(new URLSearchParams()), PATIENCE_MILLISECONDS)
  const close = (): void => {
    clearTimeout(timer)
    server.close()
    server.closeAllConnections()
  }
  async function parameters(): Promise<URLSearchParams> {
    const found = await answer
    close()
    return found
  }
  return {
    redirectUri: `http://127.0.0.1:${port}${path}`,
    parameters,
    answer: async state => readAnswer(await parameters(), state),
    close,
  }
}

export type Callback = {
  redirectUri: string
  /** The parameters of the response; empty if no response came in time. */
  parameters(): Promise<URLSearchParams>
  /** Returns the code of the response. Throws if the response contains an error or another `state`. */
  answer(state: string): Promise<{ code: string; iss?: string }>
  /** Stops waiting, for a program that no longer needs the response. */
  close(): void
}

const PAGE = (title: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><meta name="color-scheme" content="light dark"><body style="font:1rem system-ui;margin:4rem auto;max-width:32rem"><h1>${title}</h1><p>You can close this page and go back to the terminal.</p></body></html>`

function readAnswer(answer: URLSearchParams, state: string): { code: string; iss?: string } {
  const [error, description, code, iss] = ['error', 'error_description', 'code', 'iss'].map(name => answer.get(name))
  if (error) throw new Refusal('consent-denied', `answered ${error}`, { sentence: description ?? error })
  if (!code) throw new Refusal('unavailable', 'no answer', { sentence: 'No answer came from the browser in time.' })
  if (answer.get('state') !== state)
    throw new Refusal('parameter-invalid', 'another state', {
      sentence: 'The answer belongs to another sign-in, so it was not used. Start again.',
    })
  return { code, ...(iss && { iss }) }
}
