import { randomBytes } from 'node:crypto'
import { secret } from '../output/answer.ts'
import { readStdin } from '../output/read-secret.ts'
import { openAddress } from '../place/open-address.ts'
import type { Call, Noun, Option } from '../program/command.ts'
import { usage } from '../program/options.ts'
import { askServer } from '../remote/ask-server.ts'
import { awaitCallback } from '../remote/await-callback.ts'
import { endpointsOf, oauthRefusal } from '../remote/metadata.ts'
import { proofKey } from '../remote/sign-in.ts'
import { showExchange } from './flow-trace.ts'

const CLIENT: readonly Option[] = [
  { flags: '--client-id <id>', about: 'client id of the application (CLAVIGER_CLIENT_ID)' },
  {
    flags: '--scope <scopes>',
    about: 'scopes to request, such as "read write" (default: the default scopes of the application)',
  },
  {
    flags: '--resource <uri>',
    about: 'audience of the only API at which the token is valid, such as https://api.example.com',
  },
]
const SECRET: Option = {
  flags: '--secret-stdin',
  about: 'read the client secret from stdin (default: CLAVIGER_CLIENT_SECRET)',
}

/** Runs a flow as an application does. Shows each request, its answer and the equivalent curl command on stderr. */
export const flow: Noun = {
  verbs: [
    {
      at: 'client-credentials',
      about: 'Get an access token for an application that acts for itself',
      examples: [
        'printf %s "$SECRET" | claviger flow client-credentials --client-id clv_cid_… --secret-stdin --scope read',
      ],
      options: [...CLIENT, SECRET],
      makes: 'secret',
      run: async call => tokens(call, { grant_type: 'client_credentials', ...asked(call) }, await readSecret(call)),
    },
    {
      at: 'code',
      about: 'Get tokens for a user: the user signs in with the browser (authorization code with PKCE)',
      examples: ['claviger flow code --client-id clv_cid_… --scope "read write"'],
      options: [
        ...CLIENT,
        SECRET,
        {
          flags: '--path <path>',
          about: 'path of the registered redirect address http://127.0.0.1/PATH (default: /callback)',
        },
        { flags: '--no-browser', about: 'print the address, and do not open the browser' },
      ],
      makes: 'secret',
      run: code,
    },
    {
      at: 'refresh',
      about: 'Exchange a refresh token from stdin for new tokens',
      examples: ['printf %s "$REFRESH_TOKEN" | claviger flow refresh --client-id clv_cid_…'],
      options: CLIENT,
      makes: 'secret',
      async run(call) {
        const refresh_token = (await readStdin()).trim()
        if (refresh_token === '') throw usage('client-id', 'needs the refresh token on stdin, where nothing came')
        return tokens(call, { grant_type: 'refresh_token', refresh_token, ...asked(call) }, fromEnvironment())
      },
    },
  ],
}

async function code(call: Call) {
  const { options, tell } = call
  const url = await call.issuer()
  const clientSecret = await readSecret(call)
  const { authorization } = await endpointsOf(url)
  const callback = await awaitCallback(options.one('path'))
  const { verifier, challenge } = proofKey()
  const state = randomBytes(16).toString('base64url')
  const redirect_uri = callback.redirectUri
  const request = new URLSearchParams({
    response_type: 'code',
    client_id: clientId(call),
    redirect_uri,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state,
    ...asked(call),
  })
  const address = `${url}${authorization}?${request}`
  tell(`1. The person opens this address, signs in and allows it:\n   ${address}`)
  if (options.either('browser') !== false) void openAddress(address)
  const answer = await callback.answer(state)
  tell(`   The browser came back to ${redirect_uri} with a code.\n2. The code is traded for tokens:`)
  const form = { grant_type: 'authorization_code', code: answer.code, redirect_uri, code_verifier: verifier }
  return tokens(call, form, clientSecret)
}

async function tokens(call: Call, form: Record<string, string>, clientSecret: string | undefined) {
  const url = await call.issuer()
  const { token } = await endpointsOf(url)
  const client_id = clientId(call)
  // The request sends the secret in the body, which all our servers accept.
  const body = { ...form, client_id, ...(clientSecret !== undefined && { client_secret: clientSecret }) }
  const reply = await askServer(url, { method: 'POST', path: token, body: new URLSearchParams(body) })
  for (const line of showExchange(`${url}${token}`, body, reply)) call.tell(line)
  if (reply.status !== 200) throw oauthRefusal(url, reply)
  return secret(reply.json as object, 'access_token')
}

function clientId({ options }: Call): string {
  const id = options.one('clientId') ?? process.env['CLAVIGER_CLIENT_ID']
  if (!id) throw usage('clientId', 'is missing: claviger app list shows the ids')
  return id
}

const asked = ({ options }: Call): { scope?: string; resource?: string } => {
  const [scope, resource] = [options.one('scope'), options.one('resource')]
  return { ...(scope !== undefined && { scope }), ...(resource !== undefined && { resource }) }
}

const fromEnvironment = (): string | undefined => process.env['CLAVIGER_CLIENT_SECRET'] || undefined
const readSecret = async ({ options }: Call): Promise<string | undefined> =>
  options.said('secretStdin') ? (await readStdin()).trim() : fromEnvironment()
