/*
 * German for sentences of decisions. The key is the English sentence as a pattern, with its parts as groups. A changed
 * English sentence fails test/journeys/german.test.ts.
 */
const DETAILS: readonly (readonly [RegExp, string])[] = [
  [
    /^A note has at most (\d+) characters, and no control or direction characters\.$/,
    'Eine Notiz hat höchstens $1 Zeichen und keine Steuerzeichen oder Zeichen, die die Schreibrichtung wenden.',
  ],
  [
    /^Metadata are at most (\d+) texts of up to (\d+) characters, under names of letters, digits and _ \. : - \(up to 64\)\.$/,
    'Metadaten sind höchstens $1 Texte mit bis zu $2 Zeichen, unter Namen aus Buchstaben, Ziffern und _ . : - (bis 64).',
  ],
  [
    /^The owner of this credential may not use "([^"]*)", so it cannot carry that\.$/,
    'Der Besitzer darf „$1“ nicht verwenden; die Zugangsdaten können es darum nicht tragen.',
  ],
  [
    /^The password of this account was changed, or it was signed out, at this very moment\. Sign in again\.$/,
    'In diesem Augenblick wurde das Passwort dieses Kontos geändert, oder es wurde abgemeldet. Melden Sie sich erneut an.',
  ],
  [/^The password has fewer than (\d+) characters\.$/, 'Das Passwort hat weniger als $1 Zeichen.'],
  [/^The password is longer than (\d+) bytes\.$/, 'Das Passwort ist länger als $1 Bytes.'],
  [
    /^This password is one of the first that are guessed\. A few words in a row make a good one\.$/,
    'Dieses Passwort gehört zu den ersten, die geraten werden. Einige Wörter hintereinander ergeben ein gutes.',
  ],
  [/^The password has a NUL character in it\.$/, 'Das Passwort enthält ein NUL-Zeichen.'],
  [
    /^A handle has 1 to 100 visible characters of one alphabet and no spaces\.$/,
    'Ein Benutzername hat 1 bis 100 sichtbare Zeichen eines Alphabets und keine Leerzeichen.',
  ],
  [/^That is not an e-mail address\.$/, 'Das ist keine E-Mail-Adresse.'],
  [/^The name is longer than (\d+) characters\.$/, 'Der Name ist länger als $1 Zeichen.'],
  [
    /^The name has control or direction characters in it\.$/,
    'Der Name enthält Steuerzeichen oder Zeichen, die die Schreibrichtung wenden.',
  ],
  [/^The expiry lies in the past\.$/, 'Das Ende der Gültigkeit liegt in der Vergangenheit.'],
  [
    /^The redirect address is out-of-band, which this client may not use\.$/,
    'Die Rücksprungadresse ist „out-of-band“; das darf diese Anwendung nicht verwenden.',
  ],
  [/^The redirect address is longer than (\d+) characters\.$/, 'Die Rücksprungadresse ist länger als $1 Zeichen.'],
  [
    /^The redirect address names an international host: use its ASCII form, ([a-z0-9.-]+)\.$/,
    'Die Rücksprungadresse nennt einen internationalen Namen; verwenden Sie dessen ASCII-Form $1.',
  ],
  [
    /^The redirect address has characters that must be percent-encoded\.$/,
    'Die Rücksprungadresse enthält Zeichen, die mit % kodiert werden müssen.',
  ],
  [
    /^The redirect address has a backslash, wildcard or other character that is not allowed\.$/,
    'Die Rücksprungadresse enthält einen Rückstrich, einen Platzhalter oder ein anderes unerlaubtes Zeichen.',
  ],
  [
    /^The redirect address must use https; http is for loopback addresses and private networks only\.$/,
    'Die Rücksprungadresse muss https verwenden; http ist nur für die eigene Maschine und private Netze.',
  ],
  [/^The redirect address has a fragment\.$/, 'Die Rücksprungadresse hat ein Fragment (#).'],
  [/^The redirect address is not an absolute URI\.$/, 'Die Rücksprungadresse ist keine vollständige Adresse.'],
  [
    /^The redirect address has a scheme that can run code or read files\.$/,
    'Die Rücksprungadresse hat ein Schema, das Code ausführen oder Dateien lesen kann.',
  ],
  [/^The redirect address has user information in it\.$/, 'Die Rücksprungadresse enthält Anmeldedaten.'],
  [
    /^The redirect address has dot segments or encoded slashes in its path\.$/,
    'Die Rücksprungadresse enthält Punktabschnitte oder kodierte Schrägstriche im Pfad.',
  ],
  [
    /^The redirect address must use https; http is for loopback addresses only\.$/,
    'Die Rücksprungadresse muss https verwenden; http gilt nur für den eigenen Rechner.',
  ],
  [
    /^The grant authorization_code needs at least one redirect address\.$/,
    'Der grant_type authorization_code braucht mindestens eine Rücksprungadresse.',
  ],
  [
    /^The grant client_credentials needs scopes: no person is asked what such a client may do\.$/,
    'Der grant_type client_credentials braucht Rechte: Niemand wird gefragt, was eine solche Anwendung darf.',
  ],
  [
    /^The scope "(.+)" manages this server and cannot be registered this way\.$/,
    'Das Recht „$1“ verwaltet diesen Server und lässt sich so nicht eintragen.',
  ],
  [
    /^You cannot hand out the scope "(.+)", because you do not hold it\.$/,
    'Sie können das Recht „$1“ nicht vergeben, weil Sie es nicht haben.',
  ],
  [/^No API here has the scope "(.+)"\.$/, 'Keine API hier hat das Recht „$1“.'],
  [
    /^No API here has the scope "(.+)"\. Did you mean "(.+)"\?$/,
    'Keine API hier hat das Recht „$1“. Meinten Sie „$2“?',
  ],
  [
    /^An operator of this server disabled it, and only they can enable it again\.$/,
    'Die Verwaltung dieses Servers hat es gesperrt, und nur sie kann es freigeben.',
  ],
  [
    /^It was changed or revoked at this very moment\. Look at it again, and repeat what you still want\.$/,
    'Es wurde in eben diesem Moment geändert oder widerrufen. Sehen Sie noch einmal nach, und wiederholen Sie, was Sie noch wollen.',
  ],
  [/^It was revoked, for good\. Make a new one\.$/, 'Es wurde endgültig widerrufen. Machen Sie ein neues.'],
  [/^It has expired\. Make a new one\.$/, 'Es ist abgelaufen. Machen Sie ein neues.'],
  [
    /^It is disabled\. Enable it first: its successor would work, and this one does not\.$/,
    'Es ist gesperrt. Geben Sie es zuerst frei: sein Nachfolger würde gelten, und dieses gilt nicht.',
  ],
  [
    /^This form was sent before with other entries\. Send it again to make another token\.$/,
    'Dieses Formular wurde schon mit anderen Angaben abgeschickt. Schicken Sie es noch einmal ab, um ein weiteres Token anzulegen.',
  ],
  [
    /^This form was sent before, and it is not known what came of it\. Look through the list before you send it again\.$/,
    'Dieses Formular wurde schon abgeschickt, und es ist nicht bekannt, was daraus wurde. Sehen Sie in der Liste nach, bevor Sie es noch einmal abschicken.',
  ],
  [/^The parameter (.+) is missing\.$/, 'Die Angabe $1 fehlt.'],
  [/^The parameter (.+) has characters that cannot be used\.$/, 'Die Angabe $1 enthält unbrauchbare Zeichen.'],
  [
    /^This API takes only keys that name it, and this one does not\.$/,
    'Diese API nimmt nur Schlüssel, die sie nennen, und dieser nennt sie nicht.',
  ],
  [
    /^The scope "(.*)" contains the character (U\+[0-9A-F]+)\. A scope consists of 1 to (\d+) printable ASCII characters, without spaces, double quotes and backslashes\.$/,
    'Das Recht „$1“ enthält das Zeichen $2. Ein Recht besteht aus 1 bis $3 druckbaren ASCII-Zeichen, ohne Leerzeichen, Anführungszeichen und Rückstriche.',
  ],
  [
    /^The scope "(.*)" has (\d+) characters\. A scope consists of 1 to (\d+) printable ASCII characters, without spaces, double quotes and backslashes\.$/,
    'Das Recht „$1“ hat $2 Zeichen. Ein Recht besteht aus 1 bis $3 druckbaren ASCII-Zeichen, ohne Leerzeichen, Anführungszeichen und Rückstriche.',
  ],
  [
    /^This key may do nothing of what the application asks for\.$/,
    'Dieser Schlüssel darf nichts von dem, worum die Anwendung bittet.',
  ],
]

/** The German of a decision's sentence; undefined if the table has none. */
export function detailDe(sentence: string): string | undefined {
  const row = DETAILS.find(([english]) => english.test(sentence))
  return row && sentence.replace(...row)
}
