/** German names of changed fields, by their name in an entry. */
const FIELDS: Readonly<Record<string, string>> = {
  name: 'Name',
  handle: 'Benutzername',
  email: 'E-Mail-Adresse',
  firstName: 'Vorname',
  lastName: 'Nachname',
  claims: 'Angaben zur Person',
  role: 'Rolle',
  scopes: 'Rechte',
  password: 'Passwort',
  website: 'Website',
  redirectUris: 'Rücksprungadressen',
  grantTypes: 'Grant-Typen',
  policy: 'Regeln',
  keys: 'Schlüssel',
  metadata: 'Angaben',
  type: 'Art',
  ownerId: 'Besitzer',
  reviewedAt: 'Prüfung',
  source: 'wer dafür einsteht',
  identityChangedAt: 'woran man sie erkennt',
  networks: 'Netze',
  expiresAt: 'Ende',
  active: 'ob es gilt',
}
export const fieldWordsDe = (fields: readonly string[]): string =>
  fields.map(field => FIELDS[field] ?? field).join(', ')

export const STEP_WORDS_DE: Readonly<Record<string, string>> = {
  'password hash upgraded': 'das Passwort ist nach dem neueren Verfahren gespeichert',
  'second factor begun': 'ein zweiter Faktor wurde begonnen',
  'second factor confirmed': 'ein zweiter Faktor kam dazu',
  'second factor removed': 'der zweite Faktor wurde entfernt',
  'recovery codes made': 'neue Wiederherstellungscodes',
  'recovery code used': 'ein Wiederherstellungscode wurde verbraucht',
  'tokens derived elsewhere ended': 'anderswo abgeleitete Tokens sind beendet',
  'client document withdrawn': 'ihr Metadaten-Dokument ist weg; sie bekommt keinen neuen Zugang',
  'client document unfit': 'ihr Metadaten-Dokument ist nicht verwendbar; sie bekommt keinen neuen Zugang',
  'client document there again': 'ihr Metadaten-Dokument lässt sich wieder lesen',
  'sign-out undelivered': 'sie ließ sich nicht über eine Abmeldung benachrichtigen',
  'sign-outs sent again': 'Abmeldungen, die sie nicht erhalten hat, werden erneut gesendet',
  'imported passwords forgotten': 'übernommene Passwörter sind vergessen',
}
