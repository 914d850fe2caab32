import type { Rules } from '../../core/world.ts'
import type { BrowserAct } from '../../model/users/session.ts'
import type { Language } from './words/choose.ts'
import type { Words } from './words/en.ts'

/** The language and settings of a page. Sufficient for a page without a visitor. */
export type Frame = { language: Language; words: Words; rules: Rules }

/** A request for a page. Its visitor may be signed in, and always has a browser cookie, which gives no rights. */
export type PageRequest = Frame &
  BrowserAct & {
    /** The request has the cookie of an ended session. */
    sessionEnded?: true
    /** A token for forms of this signed-in person, or of this browser without a session. */
    csrf: string
    /**
     * A token of the browser, for forms that may be sent signed in or not. A sign-in in another tab does not invalidate
     * it.
     */
    browserCsrf: string
    /** Cookies that the answer sets. */
    cookies: string[]
  }
