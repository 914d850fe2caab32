/** The public client of the command line, which every server has. */
import { COMMAND_LINE_CLIENT } from '../../model/clients/command-line-client.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { SECOND } from '../../model/span.ts'
import { askServer, type Reply } from './ask-server.ts'
import type { Context } from './contexts.ts'
import { changeContexts } from './contexts.ts'
import type { Server } from './manage-at.ts'
import { endpointsOf, oauthRefusal } from './metadata.ts'

/** Access tokens are refreshed this long before they expire, so that no request arrives with an expired token. */
const MARGIN_MILLISECONDS = 30 * SECOND

/** A server used with a given token. */
export const serverWith = (url: string, token: string): Server => ({
  url,
  send: request => askServer(url, { ...request, bearer: token }),
})

/**
 * A server used with the tokens of a context. Refreshes the access token shortly before its end, and after an answer
 * 401.
 */
export function serverOf(name: string, { url, token, access, refresh }: Context): Server {
  if (token !== undefined) return serverWith(url, token)
  if (access === undefined || refresh === undefined) throw signedOut(url)
  let known = access
  return {
    url,
    async send(request) {
      if (known.expiresAt - MARGIN_MILLISECONDS <= Date.now()) known = await renew(name, known.token)
      const reply = await askServer(url, { ...request, bearer: known.token })
      if (reply.status !== 401) return reply
      // The server refused the request before doing anything, so it can be sent again.
      known = await renew(name, known.token)
      return askServer(url, { ...request, bearer: known.token })
    },
  }
}

/** Refreshes under the lock. If several commands run at once, one refreshes and the others use its tokens. */
const renew = (name: string, ended: string): Promise<NonNullable<Context['access']>> =>
  changeContexts(async ({ contexts }) => {
    const context = contexts[name]
    if (context?.refresh === undefined || context.access === undefined) throw signedOut(context?.url ?? name)
    if (context.access.token !== ended) return context.access
    const { url, refresh } = context
    const { token } = await endpointsOf(url)
    const form = { grant_type: 'refresh_token', refresh_token: refresh, client_id: COMMAND_LINE_CLIENT }
    const reply = await askServer(url, { method: 'POST', path: token, body: new URLSearchParams(form) })
    if (reply.status === 400 || reply.status === 401) throw signedOut(url)
    const made = readTokens(url, reply)
    Object.assign(context, made)
    return made.access
  })

/** Parses a token response (RFC 6749 section 5.1). */
export function readTokens(url: string, reply: Reply): Required<Pick<Context, 'access' | 'refresh'>> {
  const { access_token, refresh_token, expires_in } = (reply.json ?? {}) as Record<string, unknown>
  if (reply.status !== 200 || typeof access_token !== 'string' || typeof refresh_token !== 'string')
    throw oauthRefusal(url, reply)
  const life = typeof expires_in === 'number' ? expires_in * SECOND : Number.MAX_SAFE_INTEGER / 2
  return { access: { token: access_token, expiresAt: Date.now() + life }, refresh: refresh_token }
}

const signedOut = (url: string): Refusal =>
  new Refusal('credential-expired', `no live sign-in at ${url}`, {
    sentence: `The sign-in at ${url} has ended. Sign in again: claviger login --url ${url}`,
  })
