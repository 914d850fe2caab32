/** The pages of APIs, gates and scopes. */
export const apis = {
  Opaque: 'Undurchsichtig',
  'The API can check them without a request to this server. With the revocation feed, it refuses revoked ones within a second.':
    'Die API kann sie ohne Anfrage an diesen Server prüfen. Mit dem Widerrufs-Feed weist sie widerrufene binnen einer Sekunde ab.',
  'Short strings that contain no data. The API checks each one with this server.':
    'Kurze Zeichenketten ohne Daten. Die API prüft jede bei diesem Server.',
  'No expiry': 'Kein Ablauf',
  'One day ahead': 'Ein Tag voraus',
  '30 days ahead': '30 Tage voraus',
  'One year ahead': 'Ein Jahr voraus',
  'This API declares no scopes, so it accepts every application and credential that names it.':
    'Diese API gibt keine Rechte bekannt, darum nimmt sie alle Anwendungen und Zugangsdaten an, die sie nennen.',
  'This API declares no scopes, so it accepts every application and credential.':
    'Diese API gibt keine Rechte bekannt, darum nimmt sie alle Anwendungen und Zugangsdaten an.',
  'They can request at least one scope of this API.': 'Sie können mindestens ein Recht dieser API verlangen.',
  'All applications': 'Alle Anwendungen',
  'No application is registered for a scope of this API.': 'Keine Anwendung ist für ein Recht dieser API registriert.',
  'Keys and tokens that people made': 'Von Personen erstellte Schlüssel und Tokens',
  'They have a scope of this API, or all permissions of their owner.':
    'Sie haben ein Recht dieser API oder alle Rechte ihres Besitzers.',
  'All credentials': 'Alle Zugangsdaten',
  'No active key or token gives access to this API.': 'Kein gültiger Schlüssel und kein Token öffnet diese API.',
  'JWT access tokens': 'JWT-Zugriffstokens',
  'opaque access tokens': 'undurchsichtige Zugriffstokens',
  'audience required': 'Empfänger verlangt',
  'Copy client id': 'Client-ID kopieren',
  'Who has access': 'Wer Zugang hat',
  'The permissions of this API. The consent page shows their descriptions.':
    'Die Rechte dieser API. Die Zustimmungsseite zeigt ihre Beschreibungen.',
  'Add a scope': 'Recht hinzufügen',
  'No scopes are declared, so a credential may have any scope. When you declare the scopes that this API checks, mistyped scopes are refused.':
    'Es sind keine Rechte bekannt gegeben, darum können Zugangsdaten jedes Recht haben. Wenn Sie die Rechte angeben, die diese API prüft, werden vertippte Rechte abgewiesen.',
  Scope: 'Recht',
  'no description': 'keine Beschreibung',
  Risk: 'Risiko',
  'Remove {scope} from this API?': '{scope} von dieser API entfernen?',
  Removed: 'Entfernt',
  Add: 'Hinzufügen',
  Added: 'Hinzugefügt',
  'The name that the API checks. A scope includes all longer scopes that begin with it and a colon: tickets includes tickets:read.':
    'Der Name, den die API prüft. Ein Recht umfasst alle längeren, die mit ihm und einem Doppelpunkt beginnen: tickets umfasst tickets:read.',
  'Completes the sentence “This application may …”.': 'Ergänzt den Satz „Diese Anwendung möchte …“.',
  'see the tickets of your customers': 'die Tickets Ihrer Kunden sehen',
  'Address (audience)': 'Adresse (Empfänger)',
  'Client id': 'Client-ID',
  'on the page of its client': 'auf der Seite ihres Clients',
  opaque: 'undurchsichtig',
  'Credentials without an audience': 'Zugangsdaten ohne Empfänger',
  'are refused': 'werden abgewiesen',
  'are accepted': 'werden angenommen',
  'API keys instead of a sign-in': 'API-Schlüssel statt einer Anmeldung',
  'Change the API': 'API ändern',
  'Format of access tokens': 'Format der Zugriffstokens',
  'Existing tokens keep their format.': 'Vorhandene Tokens behalten ihr Format.',
  'Accept only credentials issued for this API': 'Nur Zugangsdaten annehmen, die für diese API ausgestellt sind',
  'As soon as this is saved, this API refuses keys and tokens that do not name it as their audience.':
    'Sobald das gespeichert ist, weist diese API Schlüssel und Tokens ab, die sie nicht als Empfänger nennen.',
  'The APIs that check credentials here, the gates for proxies, and the descriptions of scopes.':
    'Die APIs, die hier Zugangsdaten prüfen, die Tore für Proxys und die Beschreibungen von Rechten.',
  'No API yet': 'Noch keine API',
  'Register your API and add the guard to it. Then your code knows who sent each request.':
    'Registrieren Sie Ihre API und bauen Sie den Guard ein. Dann weiß Ihr Code, wer jede Anfrage gesendet hat.',
  Audience: 'Empfänger',
  required: 'verlangt',
  'not required': 'nicht verlangt',
  'Clients request tokens for this address.': 'Anwendungen verlangen Tokens für diese Adresse.',
  'The scopes that this API checks. You can describe them later on the page of the API.':
    'Die Rechte, die diese API prüft. Sie können sie später auf der Seite der API beschreiben.',
  'checked like every other request': 'geprüft wie jede andere Anfrage',
  'allowed, recognised by their method (Envoy)': 'erlaubt, an der Methode erkannt (Envoy)',
  'allowed, recognised by X-Forwarded-Method (nginx, Caddy, Traefik, HAProxy, Apache)':
    'erlaubt, an X-Forwarded-Method erkannt (nginx, Caddy, Traefik, HAProxy, Apache)',
  'Edit the gate {name}': 'Tor {name} bearbeiten',
  orders: 'bestellungen',
  'Add a gate': 'Tor hinzufügen',
  'A part of the address that the proxy calls.': 'Ein Teil der Adresse, die der Proxy aufruft.',
  'Leave empty to accept credentials for any API.': 'Leer werden Zugangsdaten für jede API angenommen.',
  'Profile of the gate': 'Profil des Tors',
  'Determines which credentials are accepted, and the format of refusals.':
    'Bestimmt, welche Zugangsdaten angenommen werden, und das Format von Ablehnungen.',
  'CORS preflights': 'CORS-Preflights',
  Gates: 'Tore',
  'The conditions under which a proxy such as nginx, Caddy, Traefik or Envoy passes a request on to an API.':
    'Die Bedingungen, unter denen ein Proxy wie nginx, Caddy, Traefik oder Envoy eine Anfrage an eine API weitergibt.',
  'No gates yet. docs/proxies.md has the configuration for each proxy.':
    'Noch keine Tore. docs/proxies.md enthält die Konfiguration für jeden Proxy.',
  Gate: 'Tor',
  checked: 'geprüft',
  allowed: 'erlaubt',
  'Delete the gate {name}?': 'Tor {name} löschen?',
  'Accept an API key of this API instead of a sign-in': 'Einen API-Schlüssel dieser API statt einer Anmeldung annehmen',
  'For applications that request only this API. They get at most the scopes of the key, and lose access when the key ends.':
    'Für Anwendungen, die nur diese API verlangen. Sie bekommen höchstens die Rechte des Schlüssels und verlieren den Zugang, wenn der Schlüssel endet.',
  'low risk': 'geringes Risiko',
  '{count} seconds ahead': '{count} Sekunden voraus',
  'Expiry reported for credentials that never expire': 'Gemeldeter Ablauf von Zugangsdaten, die nie ablaufen',
  'Some APIs refuse a token without an expiry. For them, introspection reports a time in the future, counted from each check.':
    'Manche APIs weisen ein Token ohne Ablauf ab. Ihnen meldet die Introspection eine Zeit in der Zukunft, ab jeder Prüfung gezählt.',
  'Descriptions of scopes': 'Beschreibungen von Rechten',
  'The consent page shows these sentences instead of the names of scopes.':
    'Die Zustimmungsseite zeigt diese Sätze statt der Namen von Rechten.',
  'Describe a scope': 'Recht beschreiben',
  'No scope has a description yet, so the consent page shows their names.':
    'Noch hat kein Recht eine Beschreibung, darum zeigt die Zustimmungsseite ihre Namen.',
  'Delete the description of {scope}?': 'Beschreibung von {scope} löschen?',
  'Description of {scope}': 'Beschreibung von {scope}',
}
