import { type Check, fail, ok, warn } from './finding.ts'
import { isReply, refusedAddress } from './send.ts'
import { outcomeOf } from './server-checks.ts'
import { type Found, texts, type Walk } from './walk.ts'

/* The checks of the authorization server's metadata (RFC 8414 and its extensions). */

export const ISSUER_CHECKS = [
  {
    step: 'server metadata',
    look: ({ issuer, issuerAsked, server }) => {
      if (issuer === undefined) return undefined
      const broken = issuerAsked.find(({ sent }) => isReply(sent) && sent.status >= 500)
      if (broken)
        return fail(`${broken.at}: ${outcomeOf(broken.sent)}`, 'Answer 404 for what is unknown: clients stop at 5xx.')
      if (server) return ok(server.at)
      return fail(
        issuerAsked.map(({ at, sent }) => `${at}: ${outcomeOf(sent)}`).join('; '),
        'Serve the metadata (RFC 8414) as JSON with status 200 at the first of these places.',
      )
    },
  },
  {
    step: 'issuer',
    look: ({ issuer, server }) => {
      if (!server) return undefined
      const said = server.document['issuer']
      if (said === issuer) return ok(said as string)
      return fail(
        `the metadata says ${shown(said)}, the resource metadata ${shown(issuer)}`,
        'Make them equal, character by character, a slash at the end included (RFC 8414 section 3.3).',
      )
    },
  },
  {
    step: 'endpoints',
    look: ({ url, server }) => {
      if (!server) return undefined
      for (const name of ['authorization_endpoint', 'token_endpoint']) {
        const at = server.document[name]
        if (typeof at !== 'string') return fail(`${name} is missing`, 'Name both endpoints in the metadata.')
        const refused = refusedAddress(at, url)
        if (refused) return fail(`${name} ${at} ${refused}`, 'Use https addresses.')
      }
      if (!texts(server.document['response_types_supported']).includes('code'))
        return fail('response_types_supported does not list code', 'Support the authorization code flow, and list it.')
      return ok('authorization and token endpoint, response type code')
    },
  },
  {
    step: 'PKCE',
    look: ({ server }) =>
      server &&
      (lists(server, 'code_challenge_methods_supported', 'S256')
        ? ok('S256')
        : fail(
            'code_challenge_methods_supported does not list S256, so clients refuse to go on',
            'Support S256 (RFC 7636) and list it, in the OpenID document, too.',
          )),
  },
  {
    step: 'issuer in the answer',
    look: ({ server }) =>
      server &&
      (server.document['authorization_response_iss_parameter_supported'] === true
        ? ok('iss is promised')
        : fail(
            'authorization_response_iss_parameter_supported is not true',
            'Add iss to every answer of the authorization endpoint, errors included, and promise it (RFC 9207).',
          )),
  },
  {
    step: 'registration',
    look: walk => {
      if (!walk.server) return undefined
      const ways = registrationsOf(walk)
      if (ways.length === 1)
        return warn(
          'no client can register itself; each needs a client id that you give it',
          'Accept client ID metadata documents, or dynamic registration (RFC 7591).',
        )
      return ok(ways.join(', '))
    },
  },
  {
    step: 'public clients',
    look: ({ server }) =>
      server &&
      (lists(server, 'token_endpoint_auth_methods_supported', 'none')
        ? ok('none is among the ways to prove a client')
        : warn(
            'token_endpoint_auth_methods_supported does not list none, so programs without a secret cannot take part',
            'List none; PKCE protects such clients. Metadata documents of clients are used only with it.',
          )),
  },
  {
    step: 'scopes',
    look: ({ resource, server }) => {
      if (!server || server.document['scopes_supported'] === undefined) return undefined
      const known = new Set(texts(server.document['scopes_supported']))
      const strange = texts(resource?.document['scopes_supported']).filter(scope => !known.has(scope))
      if (strange.length === 0) return ok('the authorization server knows those of the resource')
      return warn(
        `the authorization server does not list ${strange.join(' ')}`,
        'List them in scopes_supported; Claviger does once the API declares them: claviger api update AUDIENCE --scope "...".',
      )
    },
  },
  {
    step: 'refresh',
    look: ({ server }) =>
      server &&
      (lists(server, 'grant_types_supported', 'refresh_token')
        ? ok('refresh_token is listed')
        : warn(
            'grant_types_supported does not list refresh_token, so people sign in whenever a token ends',
            'Support refresh tokens with rotation.',
          )),
  },
] as const satisfies Check[]

const lists = ({ document }: Found, name: string, value: string): boolean => texts(document[name]).includes(value)

const shown = (value: unknown): string => (typeof value === 'string' ? value : 'nothing')

export type Registration = 'document' | 'dynamic' | 'pre-registered'

/** The ways in which a client can get an id there, the best first. */
export function registrationsOf({ server }: Pick<Walk, 'server'>): Registration[] {
  const ways: Registration[] = []
  if (server?.document['client_id_metadata_document_supported'] === true) ways.push('document')
  if (typeof server?.document['registration_endpoint'] === 'string') ways.push('dynamic')
  return [...ways, 'pre-registered']
}
