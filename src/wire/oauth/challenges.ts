import { header, type WireRequest } from '../../http/request.ts'
import type { RefusalCode } from '../../model/refusal.ts'
import { challenge, SCHEMES } from '../../model/scheme.ts'

/*
 * What is wanted where a request proved nothing: every 401 has a challenge (RFC 9110 section 15.5.2). Without one, clients
 * that wait for it never send what they have.
 */

const REALM = { realm: 'claviger' }
const [BEARER, BASIC] = [SCHEMES.bearer.written, SCHEMES.basic.written]

/** For clients: they may also use the body, for which no scheme has a name. */
export const clientChallenge = (request: WireRequest): string =>
  sentByBrowser(request)
    ? challenge(BEARER, { ...REALM, error: 'invalid_client' })
    : challenge(BASIC, { ...REALM, charset: 'UTF-8' })

/** RFC 6750 section 3: nothing but the scheme when nothing was presented. */
export const bearerChallenge = (code: RefusalCode): string =>
  NOTHING_PRESENTED.has(code) ? challenge(BEARER, REALM) : challenge(BEARER, { ...REALM, error: 'invalid_token' })
const NOTHING_PRESENTED: ReadonlySet<RefusalCode> = new Set(['credential-missing', 'session-missing', 'login-required'])

/** For people: the form on the page, and the cookie that it leads to. Browsers do not know the scheme and show the page. */
export const FORM_CHALLENGE = challenge('Cookie', REALM)

/**
 * Basic opens a dialog in a browser, over the application that asked. Browsers say `Sec-Fetch-Mode`; so does the `fetch`
 * of Node.js, which shows no dialogs.
 */
const sentByBrowser = (request: WireRequest): boolean =>
  header(request, 'sec-fetch-mode') !== undefined && header(request, 'user-agent') !== 'node'
