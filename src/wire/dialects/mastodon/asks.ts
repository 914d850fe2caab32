import type { ListOwnClients } from '../../../core/clients/own/list-own-clients.ts'
import type { RegisterClient } from '../../../core/clients/register-client.ts'
import type { ListOwnTokens } from '../../../core/credentials/own/list-own-tokens.ts'
import type { AuthorizeAsk } from '../../../core/oauth/authorize/request.ts'
import type { TokenRequest } from '../../../core/oauth/issue-tokens.ts'
import type { RevokeToken } from '../../../core/oauth/revoke-token.ts'
import type { ChangeOwnPassword } from '../../../core/users/change-own-password.ts'
import type { RegisterAccount } from '../../../core/users/register-account.ts'
import { readBearer } from '../../../http/authorization-header.ts'
import type { Params } from '../../../http/params.ts'
import { readParams, type WireRequest } from '../../../http/request.ts'
import { OUT_OF_BAND, type Policy } from '../../../model/clients/client.ts'
import { Refusal } from '../../../model/refusals/refusal.ts'
import { parseScopes } from '../../../model/scopes/scope.ts'
import { readAuthorization } from '../../oauth/authorize.ts'
import { tokenRequest } from '../../oauth/tokens.ts'
import { isKnownScope } from './scopes.ts'

/* Parses requests of this family, including its defaults and corrections. */

/**
 * Tokens have no end, and codes are valid for ten minutes. PKCE is verified if it is sent, because most of these clients send none. Redirect URIs with plain http are accepted, as
 * in the originals.
 */
export const POLICY: Partial<Policy> = {
  accessTokenSeconds: null,
  codeSeconds: 600,
  pkce: 'when-sent',
  outOfBand: 'allowed',
  httpRedirects: 'allowed',
  consent: 'remember',
  defaultScopes: ['read'],
}
const LONGEST = { name: 60, website: 2000, redirectUris: 2000 }

const readBody = (request: WireRequest): Params => readParams(request, 'form', 'multipart', 'json')

export function app(request: WireRequest): Omit<RegisterClient, 'ownerId'> {
  const body = readBody(request)
  const name = body.one('client_name') ?? ''
  const website = body.one('website')
  const redirectUris = readRedirectUris(body)
  const scopes = readScopes(body)
  const problems = [
    name.trim() === '' && "Application name can't be blank",
    name.length > LONGEST.name && `Application name is too long (maximum is ${LONGEST.name} characters)`,
    website !== undefined && !isWebAddress(website) && 'Application website is not a valid URL',
    redirectUris.length === 0 && "Redirect URI can't be blank",
    redirectUris.join('\n').length > LONGEST.redirectUris &&
      `Redirect URI is too long (maximum is ${LONGEST.redirectUris} characters)`,
    !scopes.every(isKnownScope) && "Scopes doesn't match configured on the server.",
  ].filter(problem => problem !== false)
  if (problems.length > 0)
    throw new Refusal('parameter-invalid', `registration: ${problems.join(', ')}`, { sentence: problems.join(', ') })
  return {
    name,
    redirectUris,
    scopes,
    type: 'confidential',
    source: 'mastodon',
    grantTypes: ['authorization_code', 'client_credentials'],
    policy: POLICY,
    ...(website !== undefined && { website }),
  }
}

/** A list, or one text with an address per line. Absent means out-of-band; an empty value is an error. */
function readRedirectUris(body: Params): string[] {
  const given = ['redirect_uris', 'redirect_uris[]'].filter(name => body.has(name))
  if (given.length === 0) return [OUT_OF_BAND]
  return [...new Set(given.flatMap(name => body.all(name)).flatMap(text => text.split(/\s+/)))].filter(Boolean)
}

/** One text, or a list, which the originals ignore. */
function readScopes(body: Params): string[] {
  const texts = ['scopes', 'scopes[]'].flatMap(name => body.all(name))
  const scopes = [...new Set(texts.flatMap(text => text.split(/[\s+]+/)))].filter(Boolean)
  return scopes.length > 0 ? scopes : ['read']
}

function isWebAddress(text: string): boolean {
  if (text.length > LONGEST.website || !URL.canParse(text)) return false
  return ['http:', 'https:'].includes(new URL(text).protocol)
}

/** Ignores `locale` and `reason`, which only servers with reviewed registrations use. */
export function signUp(request: WireRequest): RegisterAccount {
  const body = readBody(request)
  const [handle, email, password] = ['username', 'email', 'password'].map(name => body.one(name))
  const problems = [
    handle === undefined && "Username can't be blank",
    email === undefined && "Email can't be blank",
    password === undefined && "Password can't be blank",
    !isYes(body.one('agreement')) && 'Service agreement must be accepted',
  ].filter(problem => problem !== false)
  if (problems.length > 0 || handle === undefined || email === undefined || password === undefined)
    throw new Refusal('parameter-invalid', `sign-up: ${problems.join(', ')}`, { sentence: problems.join(', ') })
  return { handle, email, password }
}
const isYes = (text: string | undefined): boolean => ['true', '1'].includes(String(text).toLowerCase())

/** A page of a list, newest first. The ids are this family's ULIDs. */
export const clientPage = (request: WireRequest): ListOwnClients => {
  const after = request.query.one('max_id')
  return { limit: readLimit(request, 20, 80), ...(after !== undefined && { after: number(after) }) }
}

export const oneApp = (request: WireRequest): { number: number } => ({
  number: number(request.params['id'] ?? ''),
})

function number(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new Refusal('not-found', `no application ${text.slice(0, 40)}`)
  return Number(text)
}

export const oneToken = (request: WireRequest): { id: string } => ({
  id: request.params['id'] ?? '',
})

export function tokenPage(request: WireRequest): ListOwnTokens {
  const [after, since, nearest] = ['max_id', 'since_id', 'min_id'].map(name => request.query.one(name))
  const page: ListOwnTokens = { limit: readLimit(request, 25, 100) }
  if (after !== undefined) page.after = after
  if (nearest !== undefined) return { ...page, newerThan: nearest, nearest: true }
  return since === undefined ? page : { ...page, newerThan: since }
}

function readLimit(request: WireRequest, standard: number, most: number): number {
  const text = request.query.one('limit')
  if (text === undefined) return standard
  if (!/^\d{1,9}$/.test(text))
    throw new Refusal('request-malformed', 'limit is no number', { sentence: 'Bad Request: limit must be a number' })
  return Math.min(Math.max(Number(text), 1), most)
}

/** Some clients send `False` or `None` for "no", or a percent-encoded plus between scopes. */
export function authorize(params: Params): AuthorizeAsk {
  const ask = readAuthorization(params)
  return {
    ...ask,
    askAgain: isYes(params.all('force_login')[0]),
    ...(ask.scopes && { scopes: ask.scopes.flatMap(scope => parseScopes(scope.replaceAll('+', ' '))) }),
  }
}

/** Refuses a request that differs from its code and grant, with texts that these clients know. */
export function exchange(request: WireRequest): TokenRequest {
  const ask = tokenRequest(readBody(request))
  const code = ask.parameters.one('code')
  if (ask.grantType === 'authorization_code' && code === undefined)
    throw missing(
      'code was not set in the token request form, but must be set since grant_type is authorization_code',
      'code',
    )
  if (ask.grantType !== 'authorization_code' && code !== undefined)
    throw missing(
      'a code was provided in the token request form, but grant_type was not set to authorization_code',
      'grant_type',
    )
  return ask
}
const missing = (sentence: string, parameter: string) =>
  new Refusal('parameter-missing', sentence, { parameter, sentence: `Bad Request: ${sentence}` })

/** RFC 7033 section 4.1. */
export const resource = (request: WireRequest): { resource: string } => ({
  resource: request.query.required('resource'),
})

export const revocation = (request: WireRequest): RevokeToken => ({
  presented: readBody(request).required('token'),
})

export function passwordChange(request: WireRequest): ChangeOwnPassword {
  const body = readBody(request)
  const field = (name: string): string => {
    const value = body.one(name)
    if (value !== undefined) return value
    const sentence = `Bad Request: password change request missing field ${name}`
    throw new Refusal('request-malformed', sentence, { parameter: name, sentence })
  }
  return {
    old: field('old_password'),
    new: field('new_password'),
    keep: readBearer(request) ?? '',
  }
}
