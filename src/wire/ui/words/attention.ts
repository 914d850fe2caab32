import type { Language } from './choose.ts'

/** Sentences of what needs attention. Names of credentials come with their quotation marks. */
export type AttentionWords = {
  quoted(text: string): string
  expires(credential: string, days: number): string
  refused(count: number, checks: number, subject: string): string
  failedSignIns(count: number): string
  oldKey(algorithm: string, days: number): string
  neverUsed(credential: string): string
  unused(credential: string, days: number): string
  deletedCredential: string
  deletedUser: string
  endedTokens: string
  tokensOf(client: string): string
  tokensFor(client: string, user: string): string
}

const days = (count: number): string =>
  count === 0 ? 'less than a day' : `${count.toLocaleString('en')} ${count === 1 ? 'day' : 'days'}`
/** After a preposition that takes the dative. */
const tagen = (count: number): string =>
  count === 0 ? 'weniger als einem Tag' : count === 1 ? 'einem Tag' : `${count.toLocaleString('de')} Tagen`

export const ATTENTION: Readonly<Record<Language, AttentionWords>> = {
  en: {
    quoted: text => `"${text}"`,
    expires: (credential, left) => `${credential} expires in ${days(left)}.`,
    refused: (count, checks, subject) => `${count} of ${checks} checks of ${subject} were refused in the last hour.`,
    failedSignIns: count => `${count} sign-ins failed in the last hour.`,
    oldKey: (algorithm, age) => `The ${algorithm} signing key is ${days(age)} old.`,
    neverUsed: credential => `${credential} has never been used.`,
    unused: (credential, since) => `${credential} has not been used for ${days(since)}.`,
    deletedCredential: 'a deleted credential',
    deletedUser: 'a deleted user',
    endedTokens: 'tokens that have ended',
    tokensOf: client => `tokens of ${client}`,
    tokensFor: (client, user) => `tokens of ${client} for ${user}`,
  },
  de: {
    quoted: text => `„${text}“`,
    expires: (credential, left) => `${credential} läuft in ${tagen(left)} ab.`,
    refused: (count, checks, subject) =>
      `${count} von ${checks} Prüfungen wurden in der letzten Stunde abgelehnt; sie betrafen ${subject}.`,
    failedSignIns: count => `${count} Anmeldungen sind in der letzten Stunde gescheitert.`,
    oldKey: (algorithm, age) => `Der Signaturschlüssel (${algorithm}) besteht seit ${tagen(age)}.`,
    neverUsed: credential => `${credential} wurde noch nie benutzt.`,
    unused: (credential, since) => `${credential} wurde seit ${tagen(since)} nicht benutzt.`,
    deletedCredential: 'gelöschte Zugangsdaten',
    deletedUser: 'einen gelöschten Benutzer',
    endedTokens: 'Token, die beendet sind',
    tokensOf: client => `Token von ${client}`,
    tokensFor: (client, user) => `Token von ${client} für ${user}`,
  },
}
