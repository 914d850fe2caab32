/** The frame around all pages: sections, search, keyboard, account, and what is not found. */
export const shell = {
  'Skip to the page': 'Zum Inhalt springen',
  'Find anything': 'Suchen',
  'Ctrl K': 'Strg K',
  Ctrl: 'Strg',
  Sections: 'Bereiche',
  'You are offline': 'Keine Verbindung',
  'This page shows the last known state. What you entered is kept.':
    'Diese Seite zeigt den letzten bekannten Stand. Was Sie eingegeben haben, bleibt erhalten.',

  'Get started': 'Erste Schritte',
  'Signing keys': 'Signaturschlüssel',
  Watch: 'Beobachten',
  System: 'System',

  'Parts of this server': 'Teile dieses Servers',
  Elsewhere: 'Andere Bereiche',
  Developers: 'Entwickler',
  'API reference': 'API-Referenz',
  Account: 'Konto',

  'Signed in as {name}': 'Angemeldet als {name}',
  Language: 'Sprache',
  Colours: 'Farben',
  Light: 'Hell',
  'As the system': 'Wie das System',
  Dark: 'Dunkel',

  'Page not found': 'Seite nicht gefunden',
  'There is nothing at this address': 'Unter dieser Adresse gibt es nichts',
  'The address may be mistyped, or from another version.':
    'Die Adresse ist vielleicht vertippt oder stammt aus einer anderen Version.',
  'Go to the overview': 'Zur Übersicht',
  'The server answered in a way this page does not understand.':
    'Die Antwort des Servers ist für diese Seite nicht lesbar.',
  'The server cannot be reached. Check the connection. What you entered is kept.':
    'Der Server ist nicht erreichbar. Prüfen Sie die Verbindung. Was Sie eingegeben haben, bleibt erhalten.',

  'Is it you?': 'Sind Sie es?',
  'This action needs a recent sign-in, and yours is more than ten minutes old. What you entered is kept.':
    'Dafür ist eine frische Anmeldung nötig, und Ihre ist länger als zehn Minuten her. Was Sie eingegeben haben, bleibt erhalten.',
  'One-time code': 'Einmalcode',
  'The six digits that your authenticator app shows now, or one of your recovery codes.':
    'Die sechs Ziffern, die Ihre Authenticator-App jetzt zeigt, oder einer Ihrer Wiederherstellungscodes.',
  'Your password': 'Ihr Passwort',
  Confirm: 'Bestätigen',

  'Page, name, request id or secret': 'Seite, Name, Anfragenummer oder Geheimnis',
  'Nothing found.': 'Nichts gefunden.',
  'Looking …': 'Suche läuft …',
  Pages: 'Seiten',
  'Your own account': 'Ihr eigenes Konto',

  'Keyboard shortcuts': 'Tastenkürzel',
  'Press two keys one after the other. Press Ctrl and K together.':
    'Drücken Sie zwei Tasten nacheinander, Strg und K zugleich.',
  'Keys of the keyboard': 'Tasten',
  'Single keys': 'Einzelne Tasten',
  'Find a page, a thing or an action (⌘ K on a Mac)': 'Seite, Eintrag oder Aktion suchen (⌘ K auf einem Mac)',
  'Search in the list of this page': 'In der Liste dieser Seite suchen',
  'Create a credential': 'Zugangsdaten anlegen',
}
