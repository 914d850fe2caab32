/** The page of settings. The meanings and titles of settings are in files of their own. */
export const settings = {
  'Addresses and networks': 'Adressen und Netze',
  'The addresses of this server, and those to which it may send requests.':
    'Die Adressen dieses Servers und jene, an die er Anfragen senden darf.',
  'Storage and keys': 'Speicher und Schlüssel',
  'Where data is stored, and the key that encrypts secrets in it.':
    'Wo Daten gespeichert sind, und der Schlüssel, der Geheimnisse darin verschlüsselt.',
  People: 'Personen',
  'Accounts, passwords, and the look of the pages for signing in.':
    'Konten, Passwörter und das Aussehen der Seiten für die Anmeldung.',
  'Each one opens the addresses of an older system. Turn off those that are not in use.':
    'Jedes öffnet die Adressen eines älteren Systems. Schalten Sie ab, was niemand verwendet.',
  Lifetimes: 'Gültigkeit',
  'How long tokens and codes are valid.': 'Wie lange Tokens und Codes gelten.',
  'What applications must do, and what they may request.': 'Was Anwendungen tun müssen und was sie verlangen dürfen.',
  Operation: 'Betrieb',
  'Processes, logs and limits.': 'Prozesse, Protokolle und Grenzen.',
  'Other settings': 'Weitere Einstellungen',
  'Application and user tokens of Zocial clients, and the token endpoints of these clients.':
    'Anwendungs- und Benutzertokens von Zocial-Anwendungen, und deren Token-Endpunkte.',
  'API keys in a header or query parameter, for clients that cannot send a bearer token.':
    'API-Schlüssel in einer Kopfzeile oder einem Query-Parameter, für Anwendungen, die kein Bearer-Token senden können.',
  'Tokens for a user name and password, as Zebbra clients get them.':
    'Tokens für Benutzername und Passwort, wie sie Zebbra-Anwendungen bekommen.',
  'A user id and a token as a pair, also in the address. Other servers write such addresses to their logs.':
    'Eine Benutzernummer und ein Token als Paar, auch in der Adresse. Andere Server schreiben solche Adressen in ihre Protokolle.',
  'Applications register themselves, codes are copied by hand, and tokens never expire.':
    'Anwendungen registrieren sich selbst, Codes werden von Hand kopiert, und Tokens laufen nie ab.',
  'command-line flag': 'Kommandozeile',
  environment: 'Umgebung',
  file: 'Datei',
  default: 'Vorgabe',
  'The server reads its settings when it starts: from flags, the environment and a file. No page can change them, so a stolen session cannot weaken them.':
    'Der Server liest seine Einstellungen beim Start: aus der Kommandozeile, der Umgebung und einer Datei. Keine Seite kann sie ändern, darum kann eine gestohlene Sitzung sie nicht schwächen.',
  'Name, variable or meaning': 'Name, Variable oder Bedeutung',
  'Only changed settings': 'Nur geänderte',
  'No setting found': 'Keine Einstellung gefunden',
  'Turn off “Only changed settings”, or search for another word.':
    'Schalten Sie „Nur geänderte“ aus, oder suchen Sie ein anderes Wort.',
  'Search for another word.': 'Suchen Sie ein anderes Wort.',
  'set, never shown': 'gesetzt, wird nie gezeigt',
  On: 'An',
  Off: 'Aus',
  Roles: 'Rollen',
  'What each role may do here, in the management API and at the command line.':
    'Was jede Rolle hier, in der Verwaltungs-API und an der Kommandozeile darf.',
  Description: 'Beschreibung',
}
