import { createHash, randomBytes } from 'node:crypto'
import { COMMAND_LINE_CLIENT } from '../../model/clients/command-line-client.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { askServer } from './ask-server.ts'
import { awaitCallback } from './await-callback.ts'
import type { Context } from './contexts.ts'
import { endpointsOf } from './metadata.ts'
import { readTokens } from './tokens.ts'

/** A PKCE verifier and its challenge (RFC 7636 section 4). */
export function proofKey(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/**
 * The authorization code flow of a native application (RFC 8252): the person signs in and consents in the browser.
 * `undefined` if no browser opened: `show` resolves to false then.
 */
export async function signIn(
  url: string,
  { scope, show }: { scope?: string | undefined; show: (address: string) => Promise<boolean> },
): Promise<Required<Pick<Context, 'access' | 'refresh'>> | undefined> {
  const endpoints = await endpointsOf(url)
  const { verifier, challenge } = proofKey()
  const state = randomBytes(16).toString('base64url')
  const callback = await awaitCallback()
  const asked = new URLSearchParams({
    response_type: 'code',
    client_id: COMMAND_LINE_CLIENT,
    redirect_uri: callback.redirectUri,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state,
    ...(scope !== undefined && { scope }),
  })
  const unopened = show(`${url}${endpoints.authorization}?${asked}`).then(opened => opened || undefined)
  const answer = callback.answer(state)
  const first = await Promise.race([answer, unopened])
  if (first === undefined) {
    callback.close()
    return undefined
  }
  const { code, iss } = await answer
  // RFC 9207: refuses a response of another issuer, so its code is not sent to this server.
  if (iss !== url)
    throw new Refusal('parameter-invalid', `answered by ${iss}`, { sentence: `${iss} answered, not ${url}.` })
  const form = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: callback.redirectUri,
    client_id: COMMAND_LINE_CLIENT,
    code_verifier: verifier,
  }
  const reply = await askServer(url, { method: 'POST', path: endpoints.token, body: new URLSearchParams(form) })
  return readTokens(url, reply)
}
