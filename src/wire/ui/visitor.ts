import type { World } from '../../core/world.ts'
import { randomText } from '../../crypto/credential-format.ts'
import { header, readForm, sourceOf, type WireRequest } from '../../http/request.ts'
import { DAY, SECOND } from '../../model/span.ts'
import type { Caller } from '../dialect.ts'
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

async function readVisitor(world: World, request: WireRequest): Promise<PageRequest> {
  const session = await sessionOf(world, request)
  const known = request.cookies[cookieName(world, 'browser')]
  const browser = known !== undefined && /^[0-9A-Za-z]{32}$/.test(known) ? known : randomText(32)
  const cookies: string[] = []
  if (browser !== known) cookies.push(setCookie(world, 'browser', browser, BROWSER_SECONDS))
  const frame = frameOf(world, request)
  if (askedLanguage(request)?.toLowerCase().startsWith(frame.language))
    cookies.push(`${LANGUAGE_COOKIE}=${frame.language}; Path=/; SameSite=Lax; Max-Age=${LANGUAGE_SECONDS}`)
  const browserCsrf = world.vault.mac('csrf', `browser ${browser}`)
  const by: PageRequest['by'] = session ? { is: 'user', user: session.user } : { is: 'anonymous' }
  const csrf = session?.csrf ?? browserCsrf
  return { ...frame, by, from: sourceOf(request), browser, csrf, browserCsrf, cookies, ...(session && { session }) }
}

/** From one of our pages, as far as the browser says it. */
function readFromHere(world: World, request: WireRequest): Promise<PageRequest> {
  refuseForeignOrigin(world, request)
  return readVisitor(world, request)
}

const pageCaller = (name: string, read: typeof readVisitor): Caller<PageRequest> => ({
  name,
  async prove(world, request) {
    const who = await read(world, request)
    return { who, concerns: who.session ? { userId: who.session.user.id } : {} }
  },
})

/** The caller of every page. */
export const visitor = pageCaller('browser', readVisitor)

/** Only the origin is checked here; the decision checks the rest. */
export const formFromHere = pageCaller('form of this origin', readFromHere)

/** The caller of a form on a page for signed-in people: from this server, and from a page made for this session. */
export const ownForm = pageCaller('form of a signed-in browser', async (world, request) => {
  const who = await readFromHere(world, request)
  checkCsrf(who.csrf, readForm(request).one('csrf'))
  return who
})

/** The caller of a form that may be sent from one of our pages, signed in or not. */
export const anyForm = pageCaller('form of a browser', async (world, request) => {
  const who = await readFromHere(world, request)
  checkCsrf(who.browserCsrf, readForm(request).one('csrf'))
  return who
})

/** `lang`, or OpenID Connect's `ui_locales` (its first wish); a query that cannot be read names no language. */
function askedLanguage(request: WireRequest): string | undefined {
  try {
    return request.query.one('lang') ?? request.query.one('ui_locales')?.split(' ', 1)[0]
  } catch {
    return undefined
  }
}
