import { type Challenge, readChallenges } from './challenge.ts'
import { type Check, fail, ok, warn } from './finding.ts'
import { isReply, refusedAddress } from './send.ts'
import { named, texts, type Walk } from './walk.ts'

/* The checks of the MCP server: it asks for a token, and says where its clients get one (RFC 6750, RFC 9728). */

export const SERVER_CHECKS = [
  {
    step: 'reachable',
    look: ({ first }) =>
      isReply(first)
        ? ok(`answered ${first.status}`)
        : fail(first.failed, 'Start the server, or check the address, its certificate and the network.'),
  },
  {
    step: 'asks for a token',
    look: ({ first }) => {
      if (!isReply(first)) return undefined
      if (first.status === 401) return ok('a request without a token is answered 401')
      if (first.status < 300)
        return fail(
          `a request without a token is answered ${first.status}, so everybody may call it`,
          "Protect it: guard({ resource: '<its address>' }) of @claviger/guard.",
        )
      return fail(
        `a request without a token is answered ${first.status}, and clients look for a sign-in after 401 alone`,
        first.status === 404
          ? 'Check the path of the address.'
          : 'Answer 401 with a challenge before anything else of the request is judged.',
      )
    },
  },
  {
    step: 'challenge',
    look: walk => {
      if (!isReply(walk.first) || walk.first.status !== 401) return undefined
      return lookAtChallenges(walk.challenges, walk.resource !== undefined)
    },
  },
  {
    step: 'scope in the challenge',
    look: ({ challenges, resource }) => {
      const bearer = bearerIn(challenges)
      if (!bearer) return undefined
      const { scope } = bearer.parameters
      if (scope) return ok(scope)
      if (texts(resource?.document['scopes_supported']).length > 0)
        return ok('none; clients take those of the resource metadata')
      return warn(
        'neither the challenge nor the resource metadata names a scope, so clients ask for none',
        'Name the scopes that a first call needs: guard({ scopes }).',
      )
    },
  },
  {
    step: 'resource metadata',
    look: ({ first, resource, resourceAsked }) => {
      if (!isReply(first)) return undefined
      if (resource) return ok(resource.at)
      return fail(
        resourceAsked.map(({ at, sent }) => `${at}: ${outcomeOf(sent)}`).join('; '),
        'Serve the RFC 9728 document as JSON with status 200 there; a guard with `resource` does it.',
      )
    },
  },
  {
    step: 'resource',
    look: ({ url, resource }) => resource && lookAtResource(url, resource.document['resource']),
  },
  {
    step: 'authorization server',
    look: ({ url, resource }) => {
      if (!resource) return undefined
      const servers = named(resource)
      const [first] = servers
      if (first === undefined)
        return fail('authorization_servers names none', 'Name the issuer there, character by character.')
      const refused = refusedAddress(first, url)
      if (refused) return fail(`${first} ${refused}`, 'Name the issuer by its https address.')
      return ok(servers.length === 1 ? first : `${first}, the first of ${servers.length}; clients take that`)
    },
  },
  {
    step: 'wrong token',
    look: ({ first, wrongToken }) => {
      if (!isReply(first) || first.status !== 401 || wrongToken === undefined) return undefined
      if (!isReply(wrongToken)) return fail(wrongToken.failed, 'Answer 401 with error="invalid_token".')
      const bearer = bearerIn(readChallenges(wrongToken.headers.get('www-authenticate') ?? ''))
      if (wrongToken.status < 300)
        return fail('a token that nobody issued passes', 'Check each token; do not only look whether there is one.')
      if (wrongToken.status !== 401)
        return fail(
          `a token that nobody issued is answered ${wrongToken.status}; clients ask for a new one after 401 alone`,
          'Answer 401 with error="invalid_token".',
        )
      if (bearer?.parameters['error'] !== 'invalid_token')
        return warn(
          'a token that nobody issued is answered 401 without error="invalid_token"',
          'Say so in the challenge (RFC 6750 section 3.1).',
        )
      return ok('a token that nobody issued is answered 401, invalid_token')
    },
  },
] as const satisfies Check[]

const bearerIn = (challenges: readonly Challenge[] | undefined): Challenge | undefined =>
  challenges?.find(({ scheme }) => scheme === 'bearer')

function lookAtChallenges(challenges: readonly Challenge[] | undefined, found: boolean) {
  const fix = 'Send: WWW-Authenticate: Bearer resource_metadata="<address of the document>", scope="<scopes>".'
  if (challenges === undefined) return fail('the header WWW-Authenticate cannot be read', fix)
  const bearers = challenges.filter(({ scheme }) => scheme === 'bearer')
  const [bearer] = bearers
  const weak = (problem: string) =>
    found ? warn(`${problem}; clients guess where the metadata is`, fix) : fail(problem, fix)
  if (!bearer) return weak('there is no Bearer challenge')
  if (bearers.length > 1) return warn('there are several Bearer challenges, and clients read one', 'Send one.')
  if (!bearer.parameters['resource_metadata']) return weak('the challenge does not name the resource metadata')
  if (bearer.unquoted.length > 0)
    return warn(`${bearer.unquoted.join(', ')} without quotes, which some clients do not find`, fix)
  return ok('Bearer, with the address of the resource metadata')
}

function lookAtResource(url: URL, resource: unknown) {
  const fix = `Name the address that people give their client: ${url.href}`
  if (typeof resource !== 'string' || !URL.canParse(resource)) return fail('resource is missing, or is no address', fix)
  const slashless = (text: string) => text.replace(/\/$/, '')
  if (slashless(new URL(resource).href) === slashless(url.href)) return ok(resource)
  const { origin, pathname } = new URL(resource)
  const inside = origin === url.origin && `${slashless(url.pathname)}/`.startsWith(`${slashless(pathname)}/`)
  return inside
    ? warn(`${resource} is above the address that was given; RFC 9728 wants them to be equal`, fix)
    : fail(`${resource} is another resource, so clients refuse to go on`, fix)
}

/** Describes the result of a request for a document. */
export function outcomeOf(sent: Walk['first']): string {
  if (!isReply(sent)) return sent.failed
  return sent.status === 200 ? 'no JSON object' : `answered ${sent.status}`
}
