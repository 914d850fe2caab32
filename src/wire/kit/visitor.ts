import type { Session } from '../../core/sessions.ts'
import type { Rules, World } from '../../core/world.ts'
import { randomText } from '../../crypto/credential-format.ts'
import { header, readForm, type WireRequest } from './request.ts'
import { checkCsrf, cookieName, refuseForeignOrigin, sessionOf, setCookie } from './session.ts'
import { chooseLanguage, LANGUAGES, type Language } from './words/choose.ts'
import type { Words } from './words/en.ts'

/** How a page looks and speaks for this request; all that a page needs which has no visitor. */
export type Frame = { language: Language; words: Words; rules: Rules }

/** Whoever looks at a page: perhaps signed in, and always the holder of a browser cookie that has no rights of its own. */
export type Visitor = Frame & {
  session?: Session
  browser: string
  /** Proves that a form came from our page to this signed-in person; before that, to this browser. */
  csrf: string
  /** The browser's own, for forms that may be sent signed in or not (a sign-in in another tab must not spoil them). */
  browserCsrf: string
  /** Cookies that the answer sets. */
  cookies: string[]
}

const BROWSER_SECONDS = 30 * 86_400
const LANGUAGE_COOKIE = 'claviger-language'
const LANGUAGE_SECONDS = 365 * 86_400

export function frameOf(world: Pick<World, 'rules'>, request: WireRequest): Frame {
  const language = chooseLanguage(
    askedLanguage(request),
    request.cookies[LANGUAGE_COOKIE],
    header(request, 'accept-language'),
  )
  return { language, words: LANGUAGES[language], rules: world.rules }
}

/** The caller of every page. */
export async function visitor(world: World, request: WireRequest): Promise<Visitor> {
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
export async function ownForm(world: World, request: WireRequest): Promise<Visitor> {
  const who = await formFromHere(world, request)
  checkCsrf(who.csrf, readForm(request).one('csrf'))
  return who
}

/** The caller of a form that anybody may send from one of our pages. */
export async function anyForm(world: World, request: WireRequest): Promise<Visitor> {
  const who = await formFromHere(world, request)
  checkCsrf(who.browserCsrf, readForm(request).one('csrf'))
  return who
}

/** Only the origin is checked here; the decision checks the rest. */
export function formFromHere(world: World, request: WireRequest): Promise<Visitor> {
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
