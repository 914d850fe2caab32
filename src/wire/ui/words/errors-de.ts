import type { errorsEn } from './errors-en.ts'
import { refusalsDe } from './refusals-de.ts'
import { remediesDe } from './remedies-de.ts'

export const errorsDe: typeof errorsEn = {
  title: 'Fehler',
  lead: 'Jede Ablehnung dieses Servers hat einen dieser Codes. Jede Schnittstelle antwortet darauf mit ihrem eigenen Status. Warum eine bestimmte Anfrage abgelehnt wurde, erfahren Sie mit ihrer Anfragenummer von {link}.',
  groupList: 'Gruppen',
  groups: {
    'The request': 'Die Anfrage',
    'The client': 'Die Anwendung',
    'Signing in': 'Die Anmeldung',
    'The authorization request': 'Die Autorisierungsanfrage',
    Devices: 'Geräte',
    'The grant': 'Die Zustimmung',
    'The credential': 'Die Zugangsdaten',
    Management: 'Verwaltung',
    'Limits and outages': 'Grenzen und Ausfälle',
  },
  sentence: code => refusalsDe[code],
  remedy: code => remediesDe[code],
}
