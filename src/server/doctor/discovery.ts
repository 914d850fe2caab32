import { pathOf } from '../../http/base-path.ts'
import { parseJson } from '../../http/json.ts'
import { Refusal } from '../../model/refusals/refusal.ts'
import type { Installation } from '../compose.ts'
import type { Config } from '../settings/config.ts'
import { type Finding, not, ok } from './finding.ts'

/* The places at which clients look for metadata. A proxy that passes on the path of the server alone hides some of them. */

const PATIENCE_MILLISECONDS = 3000
const LONGEST = 200_000
const MOST_APIS = 20

type Place = { url: string; by: string }

/** Asks for each metadata document of this server at each of its places. */
export async function examineDiscovery({ url = '', openid }: Pick<Config, 'url' | 'openid'>): Promise<Finding[]> {
  return Promise.all(placesOf(url, openid === 'on').map(place => examinePlace(place, url)))
}

/** For an issuer with a path, the name of a document stands between host and path, and behind the path. */
function placesOf(issuer: string, openid: boolean): Place[] {
  const path = pathOf(issuer)
  const host = issuer.slice(0, issuer.length - path.length)
  const places = [
    { url: `${host}/.well-known/oauth-authorization-server${path}`, by: 'clients of OAuth (RFC 8414 section 3.1)' },
    { url: `${issuer}/.well-known/oauth-authorization-server`, by: 'some clients of OAuth and MCP' },
    ...(openid
      ? [
          { url: `${issuer}/.well-known/openid-configuration`, by: 'clients of OpenID Connect (Discovery section 4)' },
          { url: `${host}/.well-known/openid-configuration${path}`, by: 'clients of MCP (RFC 8414 section 5)' },
        ]
      : []),
  ]
  return places.filter(({ url }, i) => places.findIndex(other => other.url === url) === i)
}

async function examinePlace({ url, by }: Place, issuer: string): Promise<Finding> {
  const { pathname } = new URL(url)
  const rule = `The proxy, or the program that this server is mounted in, lacks a rule: it must pass on GET ${pathname} to this server, with the path as it is (docs/proxies.md).`
  const missing = (found: string, fix = rule): Finding =>
    not('warn', 'network', 'metadata', `${url} ${found}; there look ${by}`, fix)
  const answer = await documentAt(url)
  if (answer.is !== 'document') return missing(answer.found)
  if (answer.document['issuer'] === issuer) return ok('network', 'metadata', `${url} leads to the server`)
  return missing(
    `names the issuer ${String(answer.document['issuer']).slice(0, 200)} instead of ${issuer}`,
    'Clients compare the issuer character by character. Set CLAVIGER_URL to the address that clients use, or let the proxy pass on this place to this server.',
  )
}

/** Checks the metadata of each API that announces some in its challenge (RFC 9728 section 5.1). Says nothing about other APIs. */
export async function examineResources(
  { world }: Pick<Installation, 'world'>,
  { url: issuer }: Pick<Config, 'url'>,
): Promise<Finding[]> {
  if (issuer === undefined) return []
  const apis = (await world.resources.list()).map(({ audience }) => audience).filter(one => /^https?:\/\//.test(one))
  const findings = await Promise.all(apis.slice(0, MOST_APIS).map(audience => examineResource(audience, issuer)))
  return findings.flat()
}

async function examineResource(audience: string, issuer: string): Promise<Finding[]> {
  const url = await announcedBy(audience)
  if (url === undefined) return []
  const missing = (found: string, fix: string): Finding[] => [
    not('warn', 'network', 'API metadata', `${url}, which ${audience} announces, ${found}`, fix),
  ]
  const answer = await documentAt(url)
  if (answer.is !== 'document')
    return missing(
      answer.found,
      `The proxy of the API lacks a rule: it must pass on GET ${new URL(url).pathname} to the API, with the path as it is (RFC 9728 section 3.1).`,
    )
  const { resource, authorization_servers: servers } = answer.document
  if (typeof resource !== 'string' || withoutSlash(resource) !== withoutSlash(audience))
    return missing(
      `describes ${String(resource).slice(0, 200)}`,
      'Clients refuse metadata of another resource. Give the guard the same audience as the API has here, or mend the rule of the proxy.',
    )
  if (!Array.isArray(servers) || !servers.includes(issuer))
    return missing(
      `does not name ${issuer} among its authorization servers`,
      'Clients would sign in somewhere else. Give the guard the address of this server.',
    )
  return [ok('network', 'API metadata', `${url} describes ${audience}`)]
}

const withoutSlash = (address: string): string => address.replace(/\/$/, '')

async function announcedBy(audience: string): Promise<string | undefined> {
  try {
    const answer = await ask(audience)
    await answer.body?.cancel()
    const announced = /resource_metadata="([^"]+)"/.exec(answer.headers.get('www-authenticate') ?? '')?.[1]
    return announced !== undefined && URL.canParse(announced) ? announced : undefined
  } catch {
    return undefined
  }
}

type Answer = { is: 'document'; document: Record<string, unknown> } | { is: 'none'; found: string }

async function documentAt(url: string): Promise<Answer> {
  const none = (found: string): Answer => ({ is: 'none', found })
  try {
    const answer = await ask(url)
    if (answer.status !== 200) {
      await answer.body?.cancel()
      return none(`answers with the status ${answer.status} instead of 200`)
    }
    const document: unknown = parseJson((await answer.text()).slice(0, LONGEST))
    if (typeof document !== 'object' || document === null) return none('answers with something else than metadata')
    return { is: 'document', document: document as Record<string, unknown> }
  } catch (error) {
    if (error instanceof Refusal) return none('answers with something else than metadata')
    return none('does not answer from here')
  }
}

/** Follows no redirect, because clients do not, either. */
const ask = (url: string): Promise<Response> =>
  fetch(url, {
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
    redirect: 'manual',
  })
