import { setTimeout } from 'node:timers/promises'
import { COMMAND_LINE_CLIENT } from '../../model/clients/command-line-client.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import { SECOND } from '../../model/span.ts'
import { askServer, notClaviger, type Reply } from './ask-server.ts'
import type { Context } from './contexts.ts'
import { endpointsOf, oauthRefusal } from './metadata.ts'
import { readTokens } from './tokens.ts'

const GRANT = 'urn:ietf:params:oauth:grant-type:device_code'
/** RFC 8628: the interval if the server names none (section 3.2), and the increase after `slow_down` (section 3.5). */
const STEP_SECONDS = 5

/** The device grant (RFC 8628): the person signs in and consents in a browser on another machine. */
export async function signInByDevice(
  url: string,
  { scope, show, wait = seconds => setTimeout(seconds * SECOND) }: DeviceSignIn,
): Promise<Required<Pick<Context, 'access' | 'refresh'>>> {
  const { device, token } = await endpointsOf(url)
  if (device === undefined) throw unavailable(`${url} offers no sign-in with a code.`)
  const asked = { client_id: COMMAND_LINE_CLIENT, ...(scope !== undefined && { scope }) }
  const started = readStarted(url, await post(url, device, asked))
  show(started)
  const form = { grant_type: GRANT, device_code: started.deviceCode, client_id: COMMAND_LINE_CLIENT }
  let { pollSeconds, lifeSeconds } = started
  for (; lifeSeconds > 0; lifeSeconds -= pollSeconds) {
    await wait(pollSeconds)
    const error = await post(url, token, form).then(reply => outcomeOf(url, reply), whileUnreachable)
    if (typeof error === 'object') return error
    if (error === 'slow_down') pollSeconds += STEP_SECONDS
    // Section 3.5: the interval grows while the server cannot be reached.
    if (error === 'unreachable') pollSeconds *= 2
  }
  throw expired()
}

export type DeviceSignIn = {
  scope?: string | undefined
  /** Shows the person where to enter which code. */
  show(started: DeviceStarted): void
  /** Waits for this many seconds. */
  wait?: (seconds: number) => Promise<unknown>
}
export type DeviceStarted = {
  deviceCode: string
  userCode: string
  address: string
  /** The address with the code in it. */
  complete?: string
  pollSeconds: number
  lifeSeconds: number
}

const post = (url: string, path: string, form: Record<string, string>): Promise<Reply> =>
  askServer(url, { method: 'POST', path, body: new URLSearchParams(form) })

/** Parses a device authorization response (section 3.2). Accepts addresses of the named server only. */
function readStarted(url: string, reply: Reply): DeviceStarted {
  const told = (reply.json ?? {}) as Record<string, unknown>
  const { device_code, user_code, verification_uri, verification_uri_complete, expires_in, interval } = told
  if (told['error'] === 'unauthorized_client')
    throw unavailable(`${url} does not let the command line sign in with a code.`)
  if (reply.status !== 200) throw oauthRefusal(url, reply)
  const here = (address: unknown): address is string => typeof address === 'string' && address.startsWith(`${url}/`)
  if (typeof device_code !== 'string' || typeof user_code !== 'string' || !here(verification_uri))
    throw notClaviger(url, reply)
  return {
    deviceCode: device_code,
    userCode: user_code,
    address: verification_uri,
    ...(here(verification_uri_complete) && { complete: verification_uri_complete }),
    pollSeconds: positive(interval) ?? STEP_SECONDS,
    lifeSeconds: positive(expires_in) ?? 0,
  }
}
const positive = (told: unknown): number | undefined => (typeof told === 'number' && told > 0 ? told : undefined)

/**
 * Returns the tokens, or the reason to ask again. Throws if the answer is final (section 3.5): expired, denied or
 * invalid.
 */
function outcomeOf(url: string, reply: Reply) {
  const { error } = (reply.json ?? {}) as Record<string, unknown>
  if (error === 'authorization_pending' || error === 'slow_down') return error
  if (reply.status === 429 || reply.status >= 500) return 'unreachable'
  if (error === 'expired_token') throw expired()
  return readTokens(url, reply)
}

function whileUnreachable(error: unknown): 'unreachable' {
  if (error instanceof Refusal && error.code === 'unavailable') return 'unreachable'
  throw error
}

const expired = (): Refusal =>
  new Refusal('device-code-expired', 'no answer in time', {
    sentence: 'The code has expired and nobody allowed it. Run claviger login again for a new one.',
  })

const unavailable = (what: string): Refusal =>
  new Refusal('grant-type-not-allowed', what, {
    sentence: `${what} Use a token (--with-token), or a browser on this machine (--no-browser prints the address).`,
  })
