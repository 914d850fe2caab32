import type { ReasonName } from '../../../model/credentials/verdict.ts'
import { refusalsDe } from './refusals-de.ts'

/** Reasons of refusals, as the end of a German sentence. */
const VERDICTS: Record<ReasonName, string> = {
  missing: 'es wurden keine Zugangsdaten gesendet',
  malformed: 'es war vertippt oder abgeschnitten',
  unknown: 'hier passt nichts dazu',
  expired: 'es war abgelaufen',
  revoked: 'es war widerrufen',
  disabled: 'es ist gesperrt',
  owner_disabled: 'das Konto des Besitzers ist gesperrt',
  client_disabled: 'die Anwendung ist gesperrt',
  wrong_audience: 'es ist für eine andere API bestimmt',
  insufficient_scope: 'ein nötiges Recht fehlt',
  wrong_dialect: 'diese Art wird dort nicht angenommen',
  network_not_allowed: 'es kam aus einem Netz, aus dem es nicht verwendet werden darf',
  rate_limited: 'zu viele Anfragen',
}
const OTHERS: Readonly<Record<string, string>> = {
  flood: 'es waren zu viele auf einmal',
  'ahead-of-log': 'ein Guard hatte weiter gelesen, als das Widerrufsprotokoll reicht',
  'signed-out-elsewhere': 'in einem anderen Browser abgemeldet',
  'role-lowered': 'die neue Rolle darf weniger',
  'derived elsewhere': 'ein anderes System hatte es abgeleitet',
  'code-spent': 'der Code war schon benutzt',
  'refresh-reused': 'das Refresh-Token war schon benutzt',
}
const WORDS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(refusalsDe).map(([code, text]) => [code, text.replace(/\.$/, '')])),
  ...VERDICTS,
  ...OTHERS,
}

export const reasonWordsDe = (reason: string | undefined): string =>
  reason === undefined ? 'ein Grund wurde nicht vermerkt' : (WORDS[reason] ?? reason)
