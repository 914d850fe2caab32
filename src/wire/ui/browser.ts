import type { World } from '../../core/world.ts'
import { randomText } from '../../crypto/credential-format.ts'
import { header, readForm, sourceOf, type WireRequest } from '../../http/request.ts'
import { DAY, SECOND, YEAR } from '../../model/span.ts'
import type { Session } from '../../model/users/session.ts'
import type { Caller } from '../dialect.ts'
import type { Frame, PageRequest } from './page-request.ts'
import { checkCsrf, cookieName, refuseForeignOrigin, sessionOf, setCookie } from './session.ts'
import { chooseLanguage, firstSpoken, LANGUAGES, type Language } from './words/choose.ts'

const BROWSER_SECONDS = (30 * DAY) / SECOND
/** The number of tabs that a restored browser may open at once. */
const MOST_MARKS = 32
const MARK_LENGTH = 32
const MARK = /^[0-9A-Za-z]{32}$/
const LANGUAGE_COOKIE = 'claviger-language'
const LANGUAGE_SECONDS = YEAR / SECOND

export function frameOf(world: Pick<World, 'rules'>, request: WireRequest): Frame {
  const language = chooseLanguage(
    askedLanguage(request),
    request.cookies[LANGUAGE_COOKIE],
    header(request, 'accept-language'),
  )
  return { language, words: LANGUAGES[language], rules: world.rules }
}

const languageCookie = (language: Language): string =>
  `${LANGUAGE_COOKIE}=${language}; Path=/; SameSite=Lax; Max-Age=${LANGUAGE_SECONDS}`

/** The same visitor, with the first of these languages that this server has, on this page and the next ones. */
export function inLocales(who: PageRequest, locales: string | undefined): PageRequest {
  const tag = firstSpoken(locales)
  if (tag === undefined) return who
  const language = chooseLanguage(tag, undefined, undefined)
  return { ...who, language, words: LANGUAGES[language], cookies: [...who.cookies, languageCookie(language)] }
}

async function readBrowser(world: World, request: WireRequest): Promise<PageRequest> {
  const session = await sessionOf(world, request)
  const frame = frameOf(world, request)
  const sent = marksOf(world, request)
  const made = randomText(MARK_LENGTH)
  const marks = sent ?? ([made] as const)
  const cookies: string[] = []
  // Each cookie has its own name, so that tabs opened at the same moment do not overwrite each other's.
  if (!sent) cookies.push(setCookie(world, `browser-${randomText(6)}`, made, BROWSER_SECONDS))
  if (askedLanguage(request)?.toLowerCase().startsWith(frame.language)) cookies.push(languageCookie(frame.language))
  const ended = !session && request.cookies[cookieName(world, 'session')] !== undefined
  return {
    ...frame,
    by: session ? { is: 'user', user: session.user } : { is: 'anonymous' },
    from: sourceOf(request),
    marks,
    cookie: sent ? 'sent' : 'missing',
    csrf: csrfOf(world, marks[0], session),
    browserCsrf: csrfOf(world, marks[0]),
    cookies,
    ...(session && { session }),
    ...(ended && { sessionEnded: true }),
  }
}

function marksOf(world: World, request: WireRequest): PageRequest['marks'] | undefined {
  const name = cookieName(world, 'browser')
  const all = Object.entries(request.cookies).filter(([one]) => one === name || one.startsWith(`${name}-`))
  const [first, ...more] = all.flatMap(([, value]) => (value !== undefined && MARK.test(value) ? [value] : []))
  return first === undefined ? undefined : [first, ...more.slice(0, MOST_MARKS)]
}

/**
 * Depends on the user, not on the session: the token stays valid after a sign-in of the same person in another tab, but
 * not for another person.
 */
const csrfOf = ({ vault }: Pick<World, 'vault'>, mark: string, session?: Session): string =>
  vault.mac('csrf', session ? `user ${session.user.id} ${mark}` : `browser ${mark}`)

/** Verifies that a form comes from our page, for this user, or without a session for this browser. */
export function checkForm(world: World, who: PageRequest, sent: string | undefined, session?: Session): void {
  const ofMarks = who.marks.map(mark => csrfOf(world, mark, session))
  // Also accepts the session's own token, which the console uses.
  const good = session ? [...ofMarks, session.csrf] : ofMarks
  checkCsrf(good, sent, who.cookie === 'missing' ? 'cookie-missing' : 'form-outdated')
}

/** Refuses requests that the browser marks as coming from another origin. */
function readFromHere(world: World, request: WireRequest): Promise<PageRequest> {
  refuseForeignOrigin(world, request)
  return readBrowser(world, request)
}

const pageCaller = (name: string, read: typeof readBrowser): Caller<PageRequest> => ({
  name,
  async prove(world, request) {
    const who = await read(world, request)
    return { who, concerns: who.session ? { userId: who.session.user.id } : {} }
  },
})

/** The caller of every page. */
export const browser = pageCaller('browser', readBrowser)

/** Checks only the origin; the decision checks the rest. */
export const formFromHere = pageCaller('form of this origin', readFromHere)

async function csrfIn(request: WireRequest): Promise<string | undefined> {
  await request.load()
  return readForm(request).one('csrf')
}

/** The caller of a form for signed-in people. Without a session the form has no rights, so its token is not checked. */
export const ownForm = pageCaller('form of a signed-in browser', async (world, request) => {
  const who = await readFromHere(world, request)
  if (who.session) checkForm(world, who, await csrfIn(request), who.session)
  return who
})

/** The caller of a form that may be sent signed in or not. */
export const anyForm = pageCaller('form of a browser', async (world, request) => {
  const who = await readFromHere(world, request)
  checkForm(world, who, await csrfIn(request))
  return who
})

/** `lang`, or the first language of OpenID Connect's `ui_locales`; undefined if the query is invalid. */
function askedLanguage(request: WireRequest): string | undefined {
  try {
    const { query } = request
    // If a request has an object, only the parameters in the object count (RFC 9101 section 6.3).
    const inObject = query.has('request') || query.has('request_uri')
    return query.one('lang') ?? (inObject ? undefined : firstSpoken(query.one('ui_locales')))
  } catch {
    return undefined
  }
}
