import type { World } from '../../core/world.ts'
import { randomText } from '../../crypto/credential-format.ts'
import { header, readForm, type WireRequest } from '../../http/request.ts'
import { DAY, SECOND } from '../../model/span.ts'
import type { Frame, PageRequest } from './page-request.ts'
import { checkCsrf, cookieName, refuseForeignOrigin, sessionOf, setCookie } from './session.ts'
import { chooseLanguage, LANGUAGES } from './words/choose.ts'

const BROWSER_SECONDS = (30 * DAY) / SECOND
const LANGUAGE_COOKIE = 'claviger-language'
const LANGUAGE_SECONDS = (365 * DAY) / SECOND

export function frameOf(world: Pick<World, 'rules'>, request: WireRequest): Frame {
  const language = chooseLanguage(
    askedLanguage(request),
    request.cookies[LANGUAGE_COOKIE],
    header(request, 'accept-language'),
  )
  return { language, words: LANGUAGES[language], rules: world.rules }
}

/** The caller of every page. */
export async function visitor(world: World, request: WireRequest): Promise<PageRequest> {
  const session = await sessionOf(world, request)
  const known = request.cookies[cookieName(world, 'browser')]
  const browser = known !== undefined && /^[0-9A-Za-z]{32}$/.test(known) ? known : randomText(32)
  const cookies: string[] = []
  if (browser !== known) cookies.push(setCookie(world, 'browser', browser, BROWSER_SECONDS))
  const frame = frameOf(world, request)
  if (askedLanguage(request)?.toLowerCase().startsWith(frame.language))
    cookies.push(`${LANGUAGE_COOKIE}=${frame.language}; Path=/; SameSite=Lax; Max-Age=${LANGUAGE_SECONDS}`)
  const browserCsrf = world.vault.mac('csrf', `browser ${browser}`)
  return { ...frame, browser, csrf: session?.csrf ?? browserCsrf, browserCsrf, cookies, ...(session && { session }) }
}

/** The caller of a form on a page for signed-in people: from this server, and from a page made for this session. */
export async function ownForm(world: World, request: WireRequest): Promise<PageRequest> {
  const who = await formFromHere(world, request)
  checkCsrf(who.csrf, readForm(request).one('csrf'))
  return who
}

/** The caller of a form that anybody may send from one of our pages. */
export async function anyForm(world: World, request: WireRequest): Promise<PageRequest> {
  const who = await formFromHere(world, request)
  checkCsrf(who.browserCsrf, readForm(request).one('csrf'))
  return who
}

/** Only the origin is checked here; the decision checks the rest. */
export function formFromHere(world: World, request: WireRequest): Promise<PageRequest> {
  refuseForeignOrigin(world, request)
  return visitor(world, request)
}

/** `lang`, or OpenID Connect's `ui_locales` (its first wish); a query that cannot be read names no language. */
function askedLanguage(request: WireRequest): string | undefined {
  try {
    return request.query.one('lang') ?? request.query.one('ui_locales')?.split(' ', 1)[0]
  } catch {
    return undefined
  }
}
