import { header, type WireRequest } from '../../http/request.ts'
import { challenge, SCHEMES } from '../../model/credentials/scheme.ts'
import type { RefusalCode } from '../../model/refusals/refusal.ts'

/*
 * Challenges for requests without authentication. Every 401 has one (RFC 9110 section 15.5.2), because some clients send
 * credentials only after a challenge.
 */

export const REALM = { realm: 'claviger' }
const [BEARER, BASIC] = [SCHEMES.bearer.written, SCHEMES.basic.written]

/** The challenge for clients. They may also authenticate in the body, for which no scheme exists. */
export const clientChallenge = (request: WireRequest): string =>
  sentByBrowser(request)
    ? challenge(BEARER, { ...REALM, error: 'invalid_client' })
    : challenge(BASIC, { ...REALM, charset: 'UTF-8' })

/** RFC 6750 section 3: only the scheme if the request contains no credential. */
export const bearerChallenge = (code: RefusalCode): string =>
  NOTHING_PRESENTED.has(code) ? challenge(BEARER, REALM) : challenge(BEARER, { ...REALM, error: 'invalid_token' })
const NOTHING_PRESENTED: ReadonlySet<RefusalCode> = new Set(['credential-missing', 'session-missing', 'login-required'])

/**
 * The challenge for people, who authenticate by a form that sets a cookie. Browsers do not know this scheme, so they show
 * the page.
 */
export const FORM_CHALLENGE = challenge('Cookie', REALM)

/**
 * True for requests of browser scripts, because a Basic challenge would open a dialog over the application. Browsers
 * send `Sec-Fetch-Mode`; Node's `fetch` does so too, but shows no dialog.
 */
const sentByBrowser = (request: WireRequest): boolean =>
  header(request, 'sec-fetch-mode') !== undefined && header(request, 'user-agent') !== 'node'
