/*
 * The language of the console: the choice that this browser made on any page of the server, else what the browser prefers.
 * The server's own pages choose in the same order (`wire/ui/words/choose.ts`) and keep the choice in the same cookie.
 */
export type Language = 'en' | 'de'

const YEAR_SECONDS = 31_536_000
const chosen = /(?:^|; )claviger-language=([a-z]{2})/.exec(document.cookie)?.[1]

export const language: Language =
  [chosen, ...navigator.languages]
    .map(tag => tag?.slice(0, 2).toLowerCase())
    .find(tag => tag === 'en' || tag === 'de') ?? 'en'

/** Keeps the choice for all pages of the server and draws this page anew. */
export function chooseLanguage(choice: Language): void {
  // biome-ignore lint/suspicious/noDocumentCookie: Firefox and Safari have no complete Cookie Store API.
  document.cookie = [`claviger-language=${choice}`, 'Path=/', 'SameSite=Lax', `Max-Age=${YEAR_SECONDS}`].join(';')
  location.reload()
}
