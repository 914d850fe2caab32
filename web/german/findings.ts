/** Values that the check of a credential found or needed. */
export const findings = {
  'it was revoked': 'wurde widerrufen',
  'the key that it came from was revoked or is gone': 'der Schlüssel, aus dem es kam, wurde widerrufen oder gelöscht',
  'all that its application had was revoked, or the application is gone':
    'alles seiner Anwendung wurde widerrufen, oder die Anwendung wurde gelöscht',
  'to be enabled again: claviger credential update ID --enable':
    'eine Freigabe: claviger credential update ID --enable',
  'an active owner: claviger user enable': 'einen aktiven Besitzer: claviger user enable',
  'an active client, registered by somebody who is active':
    'eine aktive Anwendung, von einem aktiven Benutzer registriert',
  'address not told': 'keine Adresse angegeben',
  'no credential': 'keine Zugangsdaten',
  'an Authorization header, or the place this dialect uses':
    'eine Kopfzeile Authorization, oder die Stelle, die das ältere System verwendet',
  'our prefix, but a checksum that does not fit: mistyped or cut short':
    'unser Präfix, aber eine falsche Prüfsumme: vertippt oder abgeschnitten',
  'the whole secret as it was shown': 'das ganze Geheimnis, wie es gezeigt wurde',
  '{finding}, no more than its key {key}': '{finding}, höchstens wie der Schlüssel {key}',
  'nothing stored here matches': 'nichts Gespeichertes passt dazu',
  'a credential issued by this server': 'Zugangsdaten dieses Servers',
}

const STATES: Readonly<Record<string, string>> = {
  active: 'aktiv',
  disabled: 'gesperrt',
  'disabled or gone': 'gesperrt oder gelöscht',
}

/** Values with data in them: names, scopes and times stay as they are. */
export const sayFinding = (text: string): string =>
  text
    .replace(/, who registered (.+), is /, ' (hat $1 registriert) is ')
    .replace(/ is (active|disabled or gone|disabled)(?=;|$)/g, (_, state: string) => ` ist ${STATES[state]}`)
    .replace(/^everything its owner may do(?= \()/, 'alles, was der Besitzer darf')
    .replace(/^also (?=\S)/, 'außerdem ')
    .replace(/^revoked (?=\d)/, 'widerrufen am ')
    .replace(/^expires (?=\d)/, 'läuft ab am ')
    .replace(/^disabled (?=\d)/, 'gesperrt seit ')
    .replace(/ \(strict: must be named\)/g, ' (muss genannt sein)')
    .replace(/ and (?=\w+:)/g, ' und ')
