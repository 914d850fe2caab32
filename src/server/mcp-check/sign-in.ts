import { createHash, randomBytes } from 'node:crypto'
import { readChallenges } from './challenge.ts'
import { type Finding, fail, ok, warn } from './finding.ts'
import { isReply, type Send, type Sent } from './send.ts'
import { initialize, texts, type Walk } from './walk.ts'

/** A person with a browser. `ask` opens the address and returns the query with which the browser came back. */
export type Person = { redirectUri: string; ask(address: string): Promise<URLSearchParams> }
export type SignIn = { person: Person; clientId?: string | undefined }
export type SignInStep = { step: string } & Finding

type Json = Readonly<Record<string, unknown>>
type Client = { id: string; registration?: Json }
type Tokens = { access: string; refresh?: string }
/** The error that ends the check; `finding` is the last finding. */
class Stop extends Error {
  readonly finding: Finding
  constructor(finding: Finding) {
    super(finding.found)
    this.finding = finding
  }
}

export const SIGN_IN_STEPS = ['registering', 'sign-in', 'token', 'a call with the token', 'refreshing'] as const

/**
 * The steps that need a person: registers a client if there is no id, signs in, redeems the code, calls the MCP server
 * and refreshes. At the end, revokes the tokens and deletes the registration, if the server supports it.
 */
export async function signIn(walk: Walk, send: Send, { person, clientId }: SignIn): Promise<SignInStep[]> {
  const document = walk.server?.document
  if (!document) return []
  const steps: SignInStep[] = []
  let client: Client | undefined
  let tokens: Tokens | undefined
  const take = async <T>(step: (typeof SIGN_IN_STEPS)[number], run: () => Promise<[T, Finding]>): Promise<T> => {
    try {
      const [value, finding] = await run()
      steps.push({ step, ...finding })
      return value
    } catch (error) {
      if (error instanceof Stop) steps.push({ step, ...error.finding })
      throw error
    }
  }
  try {
    client = await take('registering', () => register(document, send, { person, clientId }))
    const { id } = client
    const verifier = randomBytes(32).toString('base64url')
    const code = await take('sign-in', () => askPerson(walk, document, { person, id, verifier }))
    const form = { client_id: id, resource: resourceOf(walk) }
    const redeem = {
      ...form,
      grant_type: 'authorization_code',
      code,
      redirect_uri: person.redirectUri,
      code_verifier: verifier,
    }
    tokens = await take('token', () => askTokens(document, send, redeem))
    const { access, refresh } = tokens
    await take('a call with the token', () => call(walk, send, access))
    if (refresh === undefined) return steps
    tokens = await take('refreshing', () =>
      askTokens(document, send, { ...form, grant_type: 'refresh_token', refresh_token: refresh }),
    )
  } catch (error) {
    if (!(error instanceof Stop)) throw error
  } finally {
    await cleanUp(document, send, client, tokens)
  }
  return steps
}

async function register(document: Json, send: Send, { person, clientId }: SignIn): Promise<[Client, Finding]> {
  if (clientId !== undefined) return [{ id: clientId }, ok(`the client id that was given, ${clientId}`)]
  const at = document['registration_endpoint']
  if (typeof at !== 'string')
    throw new Stop(warn('no registration endpoint', 'Register a client by hand, and name it: --client-id ID.'))
  const body = JSON.stringify({
    client_name: 'claviger mcp check',
    redirect_uris: [person.redirectUri],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    application_type: 'native',
  })
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  const sent = await send(at, { method: 'POST', headers, body })
  const registration = json(sent)
  const id = registration?.['client_id']
  if (!isReply(sent) || sent.status >= 300 || typeof id !== 'string')
    throw new Stop(fail(`answered ${said(sent)}`, 'Answer 201 with a client_id (RFC 7591 section 3.2.1).'))
  const made: Client = { id, registration: registration as Json }
  if (sent.status === 201) return [made, ok(id)]
  return [made, warn(`${id}, but answered ${sent.status}`, 'Answer 201 (RFC 7591 section 3.2.1).')]
}

async function askPerson(
  walk: Walk,
  document: Json,
  { person, id, verifier }: { person: Person; id: string; verifier: string },
): Promise<[string, Finding]> {
  const state = randomBytes(16).toString('base64url')
  const scope = scopeOf(walk)
  const url = new URL(String(document['authorization_endpoint']))
  const request = {
    response_type: 'code',
    client_id: id,
    redirect_uri: person.redirectUri,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state,
    resource: resourceOf(walk),
    ...(scope && { scope }),
  }
  for (const [name, value] of Object.entries(request)) url.searchParams.set(name, value)
  const answer = await person.ask(url.href)
  const [error, code, iss] = ['error', 'code', 'iss'].map(name => answer.get(name))
  if (answer.get('state') !== state)
    throw new Stop(fail('the answer does not carry the state that was sent', 'Return the parameter state as it came.'))
  if (iss !== null && iss !== walk.issuer)
    throw new Stop(fail(`iss is ${iss}, and not ${walk.issuer}`, 'Send the issuer, character by character (RFC 9207).'))
  if (error)
    throw new Stop(
      fail(
        `answered ${error}: ${answer.get('error_description') ?? 'without a description'}`,
        'See the journal of the server.',
      ),
    )
  if (!code) throw new Stop(fail('the browser came back without a code', 'Answer with the parameter code.'))
  if (iss === null && document['authorization_response_iss_parameter_supported'] === true)
    throw new Stop(fail('iss is promised in the metadata, and missing', 'Add iss to every answer (RFC 9207).'))
  return [code, ok(iss === null ? 'a code' : 'a code, with iss')]
}

async function askTokens(document: Json, send: Send, form: Record<string, string>): Promise<[Tokens, Finding]> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }
  const body = new URLSearchParams(form).toString()
  const sent = await send(String(document['token_endpoint']), { method: 'POST', headers, body })
  const answer = json(sent)
  const access = answer?.['access_token']
  if (!isReply(sent) || sent.status !== 200 || typeof access !== 'string')
    throw new Stop(fail(`answered ${said(sent)}`, 'Answer 200 with an access_token (RFC 6749 section 5.1).'))
  const refresh = answer?.['refresh_token']
  const tokens = { access, ...(typeof refresh === 'string' && { refresh }) }
  if (typeof answer?.['token_type'] !== 'string' || answer['token_type'].toLowerCase() !== 'bearer')
    throw new Stop(fail('token_type is not Bearer', 'MCP knows bearer tokens.'))
  return [
    tokens,
    refresh === undefined
      ? warn(
          'no refresh token, so people sign in whenever a token ends',
          'Give one to clients that registered refresh_token.',
        )
      : ok('an access token, and one to refresh with'),
  ]
}

async function call({ url }: Walk, send: Send, access: string): Promise<[undefined, Finding]> {
  const sent = await send(url.href, initialize({ authorization: `Bearer ${access}` }))
  if (isReply(sent) && sent.status < 300) return [undefined, ok(`answered ${sent.status}`)]
  const [bearer] = isReply(sent) ? (readChallenges(sent.headers.get('www-authenticate') ?? '') ?? []) : []
  const why = bearer?.parameters['error'] ? `, ${bearer.parameters['error']}` : ''
  throw new Stop(
    fail(
      `answered ${isReply(sent) ? sent.status : sent.failed}${why}`,
      'Accept tokens whose audience is the address in the resource metadata, with the scopes that the challenge names.',
    ),
  )
}

/**
 * Removes the tokens and the registration, if the server supports it. Otherwise they stay, as with every client that
 * is no longer used.
 */
async function cleanUp(
  document: Json,
  send: Send,
  client: Client | undefined,
  tokens: Tokens | undefined,
): Promise<void> {
  const revocation = document['revocation_endpoint']
  if (client && tokens && typeof revocation === 'string')
    await send(revocation, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ token: tokens.refresh ?? tokens.access, client_id: client.id }).toString(),
    })
  const { registration_client_uri: at, registration_access_token: token } = client?.registration ?? {}
  if (typeof at === 'string' && typeof token === 'string')
    await send(at, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } })
}

/** Chooses the scopes as clients do: those of the challenge, or else all that the resource metadata names. */
const scopeOf = ({ challenges, resource }: Walk): string =>
  challenges?.find(({ scheme }) => scheme === 'bearer')?.parameters['scope'] ??
  texts(resource?.document['scopes_supported']).join(' ')

const resourceOf = ({ resource, url }: Walk): string => String(resource?.document['resource'] ?? url.href)

function json(sent: Sent): Json | undefined {
  const value = isReply(sent) ? sent.json : undefined
  return typeof value === 'object' && value !== null ? (value as Json) : undefined
}

function said(sent: Sent): string {
  const { error, error_description } = json(sent) ?? {}
  const why = [error, error_description].filter(one => typeof one === 'string').join(': ')
  return isReply(sent) ? `${sent.status}${why && `, ${why}`}` : sent.failed
}
