/** Applications, their documents, secrets and tokens. */
export const applications = {
  'an operator': 'dem Betrieb',
  'a developer, in the portal': 'einem Entwickler, im Portal',
  'itself, as Mastodon clients do': 'sich selbst, wie Mastodon-Clients',
  'itself (RFC 7591)': 'sich selbst (RFC 7591)',
  'an API, to check credentials': 'einer API, um Zugangsdaten zu prüfen',
  'itself, by its metadata document': 'sich selbst, durch ihr Metadatendokument',
  Confidential: 'Vertraulich',
  Public: 'Öffentlich',
  'Runs on a server and can keep a secret.': 'Läuft auf einem Server und kann ein Geheimnis bewahren.',
  'Runs in a browser or on a phone. It has no secret; PKCE protects it.':
    'Läuft im Browser oder auf einem Telefon. Sie hat kein Geheimnis; PKCE schützt sie.',
  'Users sign in and consent (authorization code)': 'Benutzer melden sich an und stimmen zu (authorization code)',
  'It acts for itself (client credentials)': 'Sie handelt für sich selbst (client credentials)',
  'Users consent on another device (device code)': 'Benutzer stimmen auf einem anderen Gerät zu (device code)',
  'It can renew its access (refresh token)': 'Sie kann ihren Zugriff erneuern (refresh token)',

  'Programs that access APIs with the consent of users, or for themselves.':
    'Programme, die mit der Zustimmung von Benutzern oder für sich selbst auf APIs zugreifen.',
  'Register application': 'Anwendung registrieren',
  'Part of the name': 'Teil des Namens',
  Everybody: 'Alle',
  Anybody: 'Beliebig',
  Type: 'Typ',
  'Both types': 'Beide Typen',
  'Registered by': 'Registriert von',
  'Registered from': 'Registriert aus',
  'No applications yet': 'Noch keine Anwendungen',
  'An application asks users for consent to act for them. For your own script, an application token is enough.':
    'Eine Anwendung bittet Benutzer um Zustimmung, für sie zu handeln. Für ein eigenes Skript genügt ein Anwendungstoken.',
  'out of band': 'ohne Seite',
  'no redirect address': 'keine Rücksprungadresse',
  '{some} and {count} more': '{some} und {count} weitere',
  'Users see this name on the consent page.': 'Benutzer sehen diesen Namen auf der Seite der Zustimmung.',
  'One per line, exact. Programs on the same machine: http://127.0.0.1/callback, with any port. Without a page: urn:ietf:wg:oauth:2.0:oob':
    'Eine je Zeile, genau so. Programme auf demselben Rechner: http://127.0.0.1/callback, mit jedem Port. Ohne Seite: urn:ietf:wg:oauth:2.0:oob',
  'Scopes it may request': 'Rechte, die sie verlangen darf',

  Document: 'Dokument',
  Website: 'Website',
  'Redirect addresses': 'Rücksprungadressen',
  'One per line. The address in a request must match exactly.':
    'Eine je Zeile. Die Adresse in einer Anfrage muss genau übereinstimmen.',
  'Grant types': 'Grant-Typen',
  'If you remove a scope, its tokens lose it within a second.':
    'Wenn Sie ein Recht entfernen, verlieren es ihre Tokens binnen einer Sekunde.',
  'The owner can rotate its secret. If the owner is disabled, the application stops too. A change of owner changes nothing else.':
    'Der Besitzer kann ihr Geheimnis rotieren. Ist der Besitzer gesperrt, ist es auch die Anwendung. Ein Wechsel des Besitzers ändert sonst nichts.',
  'Access tokens issued': 'Ausgestellte Zugriffstokens',
  Issued: 'Ausgestellt',
  'Accepted from': 'Angenommen aus',
  'Access allowed by users': 'Von Benutzern erlaubter Zugriff',
  'Stored tokens': 'Gespeicherte Tokens',
  'Access tokens that contain all their data (JWT) are not stored, so they are not listed.':
    'Zugriffstokens, die alle ihre Daten enthalten (JWT), sind nicht gespeichert und stehen daher nicht hier.',
  'No stored tokens.': 'Keine gespeicherten Tokens.',

  Policy: 'Regeln',
  'Save policy': 'Regeln speichern',
  'Weaker than the standard': 'Schwächer als der Standard',
  PKCE: 'PKCE',
  'Redirects over plain http': 'Weiterleitung über unverschlüsseltes http',
  'Codes copied by hand (out-of-band)': 'Von Hand kopierte Codes (out-of-band)',
  'Pushed authorization requests': 'Pushed authorization requests',
  Consent: 'Zustimmung',
  'Default of the server': 'Vorgabe des Servers',
  Required: 'Verlangt',
  'Checked only if sent': 'Nur geprüft, wenn gesendet',
  'Only to the same machine': 'Nur zum selben Rechner',
  'Also to private networks': 'Auch in private Netze',
  'To any machine': 'Zu jedem Rechner',
  Remembered: 'Wird gemerkt',
  'Asked each time': 'Wird jedes Mal erfragt',
  'For applications without PKCE. Someone who steals a code can use it.':
    'Für Anwendungen ohne PKCE. Wer einen Code stiehlt, kann ihn verwenden.',
  'Other machines in that network can read the codes and use them.':
    'Andere Rechner in diesem Netz können die Codes lesen und verwenden.',
  'Anyone on the network path can read the codes and use them.':
    'Jeder auf dem Netzweg kann die Codes lesen und verwenden.',
  'Someone who persuades a user to give away the code can use it.':
    'Wer einen Benutzer dazu bringt, den Code weiterzugeben, kann ihn verwenden.',
  'Access token lifetime in seconds': 'Gültigkeit der Zugriffstokens in Sekunden',
  'Refresh token lifetime in seconds': 'Gültigkeit der Refresh-Tokens in Sekunden',
  'Code lifetime in seconds': 'Gültigkeit der Codes in Sekunden',
  'Access token lifetime': 'Gültigkeit der Zugriffstokens',
  'Refresh token lifetime': 'Gültigkeit der Refresh-Tokens',
  'Code lifetime': 'Gültigkeit der Codes',
  'Leave empty for no expiry.': 'Leer lassen für: ohne Ablauf.',
  'At most 600.': 'Höchstens 600.',
  'Default scopes': 'Rechte ohne Angabe',
  'Used if a request names no scope. Leave empty for all scopes that it may request.':
    'Gilt, wenn eine Anfrage kein Recht nennt. Leer lassen für alle Rechte, die sie verlangen darf.',
  'until revoked': 'bis zum Widerruf',
  minute: 'Minute',
  minutes: 'Minuten',
  second: 'Sekunde',
  seconds: 'Sekunden',

  Keys: 'Schlüssel',
  'Save keys': 'Schlüssel speichern',
  'This is not a JSON Web Key Set. It looks like {example}.':
    'Das ist kein JSON Web Key Set. Ein solches sieht so aus: {example}.',
  'Enter the keys or their address, not both.': 'Geben Sie die Schlüssel oder ihre Adresse ein, nicht beides.',
  'With its own key pair, an application authenticates without a shared secret (private_key_jwt). Enter only public keys here.':
    'Mit eigenem Schlüsselpaar weist sich eine Anwendung ohne gemeinsames Geheimnis aus (private_key_jwt). Geben Sie hier nur öffentliche Schlüssel ein.',
  'Public keys': 'Öffentliche Schlüssel',
  'A JSON Web Key Set. Leave empty for none.': 'Ein JSON Web Key Set. Leer lassen für keine.',
  'Address of the keys': 'Adresse der Schlüssel',
  'An https address (jwks_uri). This server reads it again when the application uses a new key.':
    'Eine https-Adresse (jwks_uri). Dieser Server liest sie neu, wenn die Anwendung einen neuen Schlüssel verwendet.',

  'What users see': 'Was Benutzer sehen',
  'Sign-in with OpenID Connect': 'Anmeldung mit OpenID Connect',
  Logo: 'Logo',
  'The address of a PNG, JPEG, GIF or WebP picture. The consent page shows it.':
    'Die Adresse eines Bildes (PNG, JPEG, GIF oder WebP). Die Seite der Zustimmung zeigt es.',
  'Privacy policy': 'Datenschutzerklärung',
  'Terms of service': 'Nutzungsbedingungen',
  'In other languages': 'In anderen Sprachen',
  'One NAME#LANGUAGE=VALUE per line, such as client_name#de=Berichte. Names: client_name, client_uri, logo_uri, policy_uri, tos_uri.':
    'Je Zeile ein NAME#SPRACHE=WERT, etwa client_name#de=Berichte. Namen: client_name, client_uri, logo_uri, policy_uri, tos_uri.',
  'The address of a page for users.': 'Die Adresse einer Seite für Benutzer.',
  'Addresses after signing out': 'Adressen nach dem Abmelden',
  'One per line. The browser may go to one of them after a user signed out.':
    'Eine je Zeile. Zu einer davon darf der Browser gehen, nachdem sich ein Benutzer abgemeldet hat.',
  'Address for sign-outs': 'Adresse für Abmeldungen',
  'This server sends a logout token to this https address when a user signs out (back-channel logout).':
    'Dieser Server sendet ein Logout-Token an diese https-Adresse, wenn sich ein Benutzer abmeldet (back-channel logout).',
  'Signature of ID tokens': 'Signatur der ID-Tokens',
  'Most client libraries expect RS256.': 'Die meisten Bibliotheken erwarten RS256.',
  'User id that the application gets': 'Benutzer-Id, die die Anwendung erhält',
  'With ids of their own, two applications cannot find out that a user is the same.':
    'Mit eigenen Ids können zwei Anwendungen nicht herausfinden, dass ein Benutzer derselbe ist.',
  'The id of the account': 'Die Id des Kontos',
  'An id for this application only': 'Eine Id nur für diese Anwendung',

  Unblock: 'Freigeben',
  'Unblocked. It can ask for access again.': 'Freigegeben. Sie kann wieder um Zugriff bitten.',
  Enabled: 'Freigegeben',
  'Block {name}?': '{name} blockieren?',
  'Blocked. Its tokens have ended.': 'Blockiert. Ihre Tokens sind beendet.',
  'Disabled. Its tokens are refused.': 'Gesperrt. Ihre Tokens werden abgewiesen.',

  Secret: 'Geheimnis',
  'Rotate the secret': 'Geheimnis rotieren',
  'The present secrets work until the overlap ends. Deploy the new secret before that.':
    'Die bisherigen Geheimnisse gelten, bis die Überlappung endet. Setzen Sie das neue vorher ein.',
  'Store this secret now': 'Bewahren Sie dieses Geheimnis jetzt auf',
  'Client id: {id}': 'Client-Id: {id}',
  'Copy secret': 'Geheimnis kopieren',

  'Sign-outs not received': 'Nicht angekommene Abmeldungen',
  'These users signed out, but the application did not confirm it. It may still show them as signed in.':
    'Diese Benutzer haben sich abgemeldet, aber die Anwendung hat es nicht bestätigt. Vielleicht zeigt sie sie noch als angemeldet.',
  'Last answer': 'Letzte Antwort',
  Attempts: 'Versuche',
  'Next attempt': 'Nächster Versuch',
  'none, all failed': 'keiner, alle sind gescheitert',
  'Send again': 'Erneut senden',
  'The sign-outs will be sent again.': 'Die Abmeldungen werden erneut gesendet.',

  'PKCE is checked only when it is sent: without it, a stolen code works in the session of another person.':
    'PKCE wird nur geprüft, wenn es gesendet wird: Ohne PKCE gilt ein gestohlener Code in der Sitzung einer anderen Person.',
  'Codes may travel over plain http in a private network: other machines there can read and use them.':
    'Codes dürfen in einem privaten Netz unverschlüsselt über http gehen: Andere Rechner dort können sie lesen und verwenden.',
  'Codes may travel over plain http to any machine: everyone on the way can read and use them.':
    'Codes dürfen unverschlüsselt über http zu jedem Rechner gehen: Jeder auf dem Weg kann sie lesen und verwenden.',
  'Codes may be shown on a page to be copied: people can be talked into handing them on.':
    'Codes dürfen auf einer Seite zum Kopieren stehen: Benutzer können überredet werden, sie weiterzugeben.',
  'Access tokens live until they are revoked.': 'Zugriffstokens gelten, bis sie widerrufen werden.',
}
