import type { Impact } from '../../../model/credentials/ending.ts'
import type { endingsEn } from './endings-en.ts'

export const endingsDe: typeof endingsEn = {
  of: {
    revokeCredential: {
      word: 'Widerrufen',
      says: 'Es endet für immer: Anfragen damit werden binnen einer Sekunde abgewiesen.',
    },
    revokeCredentials: {
      word: 'Widerrufen',
      says: 'Sie enden für immer: Anfragen damit werden binnen einer Sekunde abgewiesen.',
    },
    endSession: {
      word: 'Abmelden',
      says: 'Dieser Browser muss sich neu anmelden. Tokens und Schlüssel gelten weiter.',
      undo: 'Eine neue Anmeldung genügt.',
    },
    endSessions: {
      word: 'Abmelden',
      says: 'Diese Browser müssen sich neu anmelden. Tokens und Schlüssel gelten weiter.',
      undo: 'Eine neue Anmeldung genügt.',
    },
    revokeGrant: {
      word: 'Zugriff widerrufen',
      says: 'Jedes Token, das aus dieser Erlaubnis stammt, wird binnen einer Sekunde abgewiesen.',
      undo: 'Die Anwendung kann wieder fragen.',
    },
    revokeGrants: {
      word: 'Zugriff widerrufen',
      says: 'Jedes Token, das aus diesen Erlaubnissen stammt, wird binnen einer Sekunde abgewiesen.',
      undo: 'Die Anwendungen können wieder fragen.',
    },
    deleteClient: {
      word: 'Löschen',
      says: 'Die Anwendung und jedes ihrer Tokens enden für immer.',
      undo: 'Das kann nicht zurückgenommen werden.',
    },
    replaceClientSecret: {
      word: 'Rotieren',
      says: 'Die bisherigen Geheimnisse enden sofort: Bis das neue an seinem Platz ist, erhält die Anwendung keine Tokens. Jene, die sie hat, gelten weiter.',
    },
  },
  noWayBack: 'Das kann nicht zurückgenommen werden.',
  stop: 'Nichts tun',
  impact: ({ credentials, users, applications, uses, networks }: Impact): string => {
    const what = credentials === 1 ? '1 Berechtigung' : `${grouped(credentials)} Berechtigungen`
    const whose = users === 0 ? '' : users === 1 ? ' von 1 Person' : ` von ${grouped(users)} Personen`
    const apps = applications === 1 ? '1 Anwendung' : `${grouped(applications)} Anwendungen`
    const behind = applications === 0 ? '' : `, mit dem Zugang von ${apps}`
    const from = networks === 0 ? '' : networks === 1 ? ' aus 1 Netz' : ` aus ${grouped(networks)} Netzen`
    const use = uses === 0 ? 'nicht benutzt' : `${grouped(uses)}-mal benutzt${from}`
    return `${what}${whose}${behind}, in den letzten 24 Stunden ${use}.`
  },
}

const grouped = (count: number): string => count.toLocaleString('de')
