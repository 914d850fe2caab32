import type { Rules } from '../../core/world.ts'
import type { BrowserAct } from '../../model/session.ts'
import type { Language } from './words/choose.ts'
import type { Words } from './words/en.ts'

/** How a page looks and speaks for this request; all that a page needs which has no visitor. */
export type Frame = { language: Language; words: Words; rules: Rules }

/** A request for a page: its sender is perhaps signed in, and always the holder of a browser cookie that has no rights of its own. */
export type PageRequest = Frame &
  BrowserAct & {
    /** It came with the cookie of a session that has ended. */
    sessionEnded?: true
    /** Proves that a form came from our page to this signed-in person; before that, to this browser. */
    csrf: string
    /** The browser's own, for forms that may be sent signed in or not (a sign-in in another tab must not spoil them). */
    browserCsrf: string
    /** Cookies that the answer sets. */
    cookies: string[]
  }
