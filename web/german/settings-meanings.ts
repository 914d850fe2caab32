/** The meanings of settings (`src/server/settings/`). */
export const settingMeanings = {
  'In `production`, the server needs an https address (http only on loopback) and a master key, and serves only the older systems that are listed.':
    'Bei `production` braucht der Server eine https-Adresse (http nur auf dem eigenen Rechner) und einen Hauptschlüssel, und er bedient nur die älteren Systeme, die genannt sind.',
  'The address that the server listens on.': 'Die Adresse, an der der Server Anfragen annimmt.',
  'The port that the server listens on. With 0, the system chooses a free port, and the server prints it.':
    'Der Port, an dem der Server Anfragen annimmt. Bei 0 wählt das System einen freien Port, und der Server gibt ihn aus.',
  'The public address of the server, which is also the issuer. Required in production. With a path (`https://example.com/auth`), all addresses of the server are under this path.':
    'Die öffentliche Adresse des Servers; sie ist auch der Aussteller. In Produktion nötig. Mit einem Pfad (`https://example.com/auth`) liegen alle Adressen des Servers unter diesem Pfad.',
  'The folder of the embedded database and of generated keys.':
    'Der Ordner der eingebetteten Datenbank und der erzeugten Schlüssel.',
  '`sqlite:PATH` or `postgres://...`. Without it, `claviger.db` in the data directory.':
    '`sqlite:PATH` oder `postgres://...`. Ohne Angabe `claviger.db` im Datenordner.',
  'Encrypts signing keys and other stored secrets. At least 32 characters. In development, the server generates one in the data directory.':
    'Verschlüsselt Signaturschlüssel und andere gespeicherte Geheimnisse. Mindestens 32 Zeichen. In der Entwicklung erzeugt der Server einen im Datenordner.',
  'The older systems whose interfaces are served: `zocial`, `apikey`, `zebbra`, `tokenapi`, `mastodon`; or `all`, or `none`.':
    'Die älteren Systeme, deren Schnittstellen der Server anbietet: `zocial`, `apikey`, `zebbra`, `tokenapi`, `mastodon`; oder `all` (alle) oder `none` (keines).',
  'The least severe level that the log on stderr contains. `info` has one line for each request.':
    'Die niedrigste Stufe, die das Protokoll auf stderr enthält. `info` schreibt eine Zeile je Anfrage.',
  'The bearer token for `GET /metrics`. Without it, only this machine can read the metrics.':
    'Das Bearer-Token für `GET /metrics`. Ohne Token kann nur dieser Rechner die Messwerte lesen.',
  'How long a stopping server reports that it is not ready before it stops accepting requests.':
    'Wie lange ein Server, der anhält, sich als nicht bereit meldet, bevor er keine Anfragen mehr annimmt.',
  'The number of processes that share the port.': 'Die Zahl der Prozesse, die sich den Port teilen.',
  'Who may create an account: everyone (`open`), only people with an invitation (`invite`), or only staff (`closed`).':
    'Wer ein Konto anlegen darf: alle (`open`), nur Personen mit einer Einladung (`invite`) oder nur die Verwaltung (`closed`).',
  'Which applications may register themselves (RFC 7591): all (`open`), those with an initial access token from `claviger registration-token create` (`token`), or none (`closed`).':
    'Welche Anwendungen sich selbst registrieren dürfen (RFC 7591): alle (`open`), solche mit einem Registrierungsschlüssel von `claviger registration-token create` (`token`) oder keine (`closed`).',
  'Which self-registered applications may use the device grant: `all`, or only those for which staff or their initial access token allow it (`listed`).':
    'Welche selbst registrierten Anwendungen die Geräte-Anmeldung verwenden dürfen: alle (`all`) oder nur jene, denen die Verwaltung oder ihr Registrierungsschlüssel es erlaubt (`listed`).',
  'Whether a confidential client must use PKCE, if its own policy does not say it. `when-sent` is for clients that do not support PKCE: an attacker who steals a code of such a client can use it in another session.':
    'Ob eine vertrauliche Anwendung PKCE verwenden muss, wenn ihre eigenen Regeln es nicht sagen. `when-sent` ist für Anwendungen ohne PKCE: Wer einen Code einer solchen Anwendung stiehlt, kann ihn in einer anderen Sitzung verwenden.',
  'Whether all clients must push their authorization requests (RFC 9126). To require this of one client, set it in the policy of the client.':
    'Ob alle Anwendungen ihre Autorisierungsanfragen vorab senden müssen (RFC 9126). Um es von einer Anwendung zu verlangen, setzen Sie es in deren Regeln.',
  'The audience that client assertions must have. `issuer`: only the issuer. `compatible`: also the address of the endpoint, which many clients send.':
    'Der Empfänger, den eine Client-Assertion nennen muss. `issuer`: nur der Aussteller. `compatible`: auch die Adresse des Endpunkts, die viele Anwendungen senden.',
  'Which applications may use the https address of their metadata document as client id: all (`open`), those on the hosts in `CLAVIGER_CLIENT_DOCUMENT_HOSTS` (`listed`), or none (`closed`).':
    'Welche Anwendungen die https-Adresse ihres Metadaten-Dokuments als Client-ID verwenden dürfen: alle (`open`), jene auf den Hosts in `CLAVIGER_CLIENT_DOCUMENT_HOSTS` (`listed`) oder keine (`closed`).',
  'Hosts from which metadata documents are read, separated by commas, with the port if it is not 443. `*.example.com` allows every host one level below `example.com`.':
    'Hosts, von denen Metadaten-Dokumente gelesen werden, durch Kommas getrennt, mit dem Port, wenn er nicht 443 ist. `*.example.com` erlaubt jeden Host eine Ebene unter `example.com`.',
  'Whether everyone whose role can open the console must sign in with a second factor. With `required`, the next sign-in sets one up, and sessions without one end.':
    'Ob sich alle, deren Rolle die Konsole öffnen darf, mit einem zweiten Faktor anmelden müssen. Bei `required` richtet ihn die nächste Anmeldung ein, und Sitzungen ohne ihn enden.',
  'The name of this server on the pages for signing in, accounts and developers.':
    'Der Name dieses Servers auf den Seiten für Anmeldung, Konto und Entwickler.',
  'The colour of buttons and links on these pages. The server derives shades with enough contrast from it.':
    'Die Farbe von Knöpfen und Links auf diesen Seiten. Der Server leitet daraus Töne mit genug Kontrast ab.',
  '`off` removes the limits on repeated requests, for tests and benchmarks. Refused in production.':
    '`off` hebt die Grenzen für wiederholte Anfragen auf, für Tests und Messungen. In Produktion nicht erlaubt.',
  'How long an OAuth access token is valid.': 'Wie lange ein OAuth-Zugriffstoken gilt.',
  'How long a refresh token is valid. Each rotation starts this time again.':
    'Wie lange ein Refresh-Token gilt. Jede Rotation beginnt diese Zeit neu.',
  'How long a repeated refresh request gets the same new tokens again, if the new refresh token is still unused. With 0, every repeated request counts as reuse and ends all refresh tokens of the grant.':
    'Wie lange eine wiederholte Refresh-Anfrage noch einmal dieselben neuen Tokens bekommt, wenn das neue Refresh-Token noch unbenutzt ist. Bei 0 gilt jede Wiederholung als Missbrauch und beendet alle Refresh-Tokens der Erlaubnis.',
  'How the journal records the tokens that clients request for themselves. `gathered`: one entry for each client and minute, with the number of tokens, the networks, and the first and last request. `each`: one entry for each token, written before the token is sent; this costs one write for each token.':
    'Wie das Protokoll Tokens aufzeichnet, die Anwendungen für sich selbst anfordern. `gathered`: ein Eintrag je Anwendung und Minute, mit Anzahl, Netzen, erster und letzter Anfrage. `each`: ein Eintrag je Token, geschrieben, bevor das Token gesendet wird; das kostet einen Schreibvorgang je Token.',
  'How long an authorization code is valid. Codes of Mastodon clients are valid for 600 seconds.':
    'Wie lange ein Autorisierungscode gilt. Codes für Mastodon-Anwendungen gelten 600 Sekunden.',
  'The scopes that credentials, applications, users and gates may have. `declared`: only scopes that an API declares (every scope, as long as no API declares any). `free`: every scope.':
    'Die Rechte, die Zugangsdaten, Anwendungen, Benutzer und Tore haben dürfen. `declared`: nur Rechte, die eine API bekannt gibt (jedes Recht, solange keine API eines bekannt gibt). `free`: jedes Recht.',
  'Whether OpenID Connect is served: id tokens, userinfo and the discovery document.':
    'Ob der Server OpenID Connect anbietet: ID-Tokens, Userinfo und das Discovery-Dokument.',
  'How long an id token is valid.': 'Wie lange ein ID-Token gilt.',
  'The smallest number of characters in a new password.': 'Wie viele Zeichen ein neues Passwort mindestens hat.',
  'How long a user token of Zebbra is valid.': 'Wie lange ein Benutzertoken von Zebbra gilt.',
  'How many days after the day of its issue a token pair (`user:token`) is valid.':
    'Wie viele Tage nach dem Tag der Ausstellung ein Benutzer/Token-Paar (`user:token`) gilt.',
  'The `SECRET_KEY` of the Django site from which users were imported. While it is set, tokens that this site derived are accepted.':
    'Der `SECRET_KEY` der Django-Website, von der Benutzer übernommen wurden. Solange er gesetzt ist, werden Tokens angenommen, die diese Website abgeleitet hat.',
  'Announces when an older system ends, in the headers `Deprecation` and `Sunset` of its responses. For example `tokenapi=2027-06-30`, or with the day of the deprecation `zebbra=2026-12-01/2027-06-30`; several are separated by commas.':
    'Kündigt das Ende eines älteren Systems in den Kopfzeilen `Deprecation` und `Sunset` seiner Antworten an. Zum Beispiel `tokenapi=2027-06-30` oder mit dem Tag der Abkündigung `zebbra=2026-12-01/2027-06-30`; mehrere durch Kommas getrennt.',
  'Networks (CIDR, separated by commas) of the proxies in front of the server. Their headers tell the address of the caller (`X-Forwarded-For`, `Forwarded` of RFC 7239, else `X-Real-IP`), and only they may call `/forward-auth`. If `Forwarded` and `X-Forwarded-For` differ, the address is unknown. Without proxies, these headers are ignored, and only this machine may call `/forward-auth`.':
    'Netze (CIDR, durch Kommas getrennt) der Proxys vor dem Server. Ihre Kopfzeilen nennen die Adresse des Aufrufers (`X-Forwarded-For`, `Forwarded` nach RFC 7239, sonst `X-Real-IP`), und nur sie dürfen `/forward-auth` aufrufen. Wenn sich `Forwarded` und `X-Forwarded-For` widersprechen, ist die Adresse unbekannt. Ohne Proxys gelten diese Kopfzeilen nicht, und nur dieser Rechner darf `/forward-auth` aufrufen.',
  'Hosts, `host:port` or networks (CIDR), separated by commas, outside the public internet to which the server may send requests (for keys of clients, metadata documents and notices). In production, this applies only to addresses that staff entered.':
    'Hosts, `host:port` oder Netze (CIDR), durch Kommas getrennt, außerhalb des öffentlichen Internets, an die der Server Anfragen senden darf (für Schlüssel von Anwendungen, Metadaten-Dokumente und Benachrichtigungen). In Produktion gilt das nur für Adressen, die die Verwaltung eingetragen hat.',
  'Whether an API key in the query of an address is accepted, if the older system `apikey` is served. Such a key is never logged.':
    'Ob ein API-Schlüssel in der Adresse (Query) angenommen wird, wenn das ältere System `apikey` angeboten wird. Ein solcher Schlüssel steht nie im Protokoll.',
  'The name of the query parameter that contains an API key.':
    'Der Name des Query-Parameters, der einen API-Schlüssel enthält.',
}
