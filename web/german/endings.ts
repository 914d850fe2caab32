import { ENDINGS, type EndingWords, NO_WAY_BACK } from '../../src/wire/admin/contract.ts'
import { endingsDe } from '../../src/wire/ui/words/endings-de.ts'

export const { impact } = endingsDe

/** The German of endings that the account pages and the portal have, too, by their English. */
const shared = Object.entries(endingsDe.of).flatMap(([name, german]) => {
  const { word, says, undo = NO_WAY_BACK }: EndingWords = ENDINGS[name as keyof typeof endingsDe.of]
  return [
    [word, german.word],
    [says, german.says],
    [undo, german.undo ?? endingsDe.noWayBack],
  ]
})

/** What an action ends or stops, and whether it can be undone. */
export const endings: Readonly<Record<string, string>> = {
  ...Object.fromEntries(shared),
  Remove: 'Entfernen',
  'Revoke all': 'Alles widerrufen',
  'Revoke everything': 'Wirklich alles widerrufen',
  'Set a new password': 'Neues Passwort festlegen',
  'Remove the second factor': 'Zweiten Faktor entfernen',
  'Block and disable': 'Ausschließen und sperren',
  'End the import': 'Übernahme beenden',
  'Remove the demo data': 'Demodaten entfernen',

  'Enable to bring all of it back.': 'Mit „Freigeben“ gilt alles wieder.',
  'This cannot be undone. Disabling can be undone.':
    'Das kann nicht zurückgenommen werden. Eine Sperre kann aufgehoben werden.',

  'Requests with it are refused within a second, until it is enabled again.':
    'Anfragen damit werden binnen einer Sekunde abgewiesen, bis es wieder freigegeben wird.',
  'You can enable it again, with the same secret.': 'Sie können es mit demselben Geheimnis wieder freigeben.',
  'A new secret replaces the old one, which works until the overlap ends.':
    'Ein neues Geheimnis ersetzt das alte. Das alte gilt, bis die Überlappung endet.',
  'Until then, nothing stops working.': 'Bis dahin gilt alles weiter.',
  'Every token and key ends for good: requests with them are refused within a second. Sessions stay.':
    'Alle Tokens und Schlüssel enden für immer: Anfragen damit werden binnen einer Sekunde abgewiesen. Sitzungen bleiben.',
  'Every credential, session and grant of every user and application ends for good.':
    'Alle Zugangsdaten, Sitzungen und Zustimmungen aller Benutzer und Anwendungen enden für immer.',

  'Sessions, tokens, keys and applications of this user stop within a second.':
    'Sitzungen, Tokens, Schlüssel und Anwendungen dieses Benutzers gelten binnen einer Sekunde nicht mehr.',
  'The account, with its sessions, tokens, keys and applications, ends for good.':
    'Das Konto endet für immer, mit seinen Sitzungen, Tokens, Schlüsseln und Anwendungen.',
  'The old password stops working, with its sessions and tokens. Keys and application tokens keep working.':
    'Das alte Passwort gilt nicht mehr, ebenso Sitzungen und Tokens, die damit entstanden. Schlüssel und Anwendungstokens gelten weiter.',
  'The old password stops working, with its sessions and tokens, and every key and application token.':
    'Das alte Passwort gilt nicht mehr, ebenso seine Sitzungen und Tokens und alle Schlüssel und Anwendungstokens.',
  'The password alone is enough to sign in, and the recovery codes stop working. The account page tells the user.':
    'Zur Anmeldung genügt das Passwort, und die Wiederherstellungscodes gelten nicht mehr. Die Kontoseite teilt es dem Benutzer mit.',
  'The user can add another.': 'Der Benutzer kann einen neuen einrichten.',

  'Signing in through the application stops, and its tokens are refused within a second.':
    'Über die Anwendung kann sich niemand mehr anmelden, und ihre Tokens werden binnen einer Sekunde abgewiesen.',
  'It gets no new access, and everything it has ends for good within a second.':
    'Sie bekommt keinen neuen Zugriff, und alles, was sie hat, endet binnen einer Sekunde für immer.',
  'It can be let in again; people then allow it anew.':
    'Sie kann wieder zugelassen werden; dann erlauben Personen sie neu.',
  'The present secrets work until the overlap ends. Its tokens keep working.':
    'Die bisherigen Geheimnisse gelten, bis die Überlappung endet. Die Tokens der Anwendung gelten weiter.',
  'No client can register with it any more. Those that did stay.':
    'Keine Anwendung kann sich mehr damit registrieren. Jene, die es getan haben, bleiben.',
  'Another one can be made.': 'Es kann ein neuer gemacht werden.',
  'No client can register itself from there any more.': 'Von dort kann sich keine Anwendung mehr selbst registrieren.',
  'The block can be taken away.': 'Der Ausschluss kann aufgehoben werden.',
  'No client can register itself from there any more, and those that did are disabled: their tokens are refused within a second.':
    'Von dort kann sich keine Anwendung mehr selbst registrieren. Jene, die es getan haben, werden gesperrt: Ihre Tokens werden binnen einer Sekunde abgewiesen.',
  'The block can be taken away, and each client enabled again.':
    'Der Ausschluss kann aufgehoben und jede Anwendung wieder freigegeben werden.',

  'The API can no longer check credentials, so it refuses its callers. Credentials stay.':
    'Die API kann keine Zugangsdaten mehr prüfen und weist darum ihre Aufrufer ab. Die Zugangsdaten bleiben.',
  'The scope can no longer be given. Credentials that have it keep it.':
    'Das Recht kann nicht mehr erteilt werden. Zugangsdaten, die es haben, behalten es.',
  'You can add it again.': 'Sie können es wieder hinzufügen.',
  'The proxy of this gate refuses every request.': 'Der Proxy dieses Tors weist jede Anfrage ab.',
  'It works again if you create it with the same name.': 'Es gilt wieder, wenn Sie es mit demselben Namen anlegen.',
  'The consent page shows the name of the scope. Credentials keep the scope.':
    'Die Zustimmungsseite zeigt nur den Namen des Rechts. Zugangsdaten behalten das Recht.',
  'You can write a description again.': 'Sie können wieder eine Beschreibung schreiben.',
  'Every token signed with it is refused at once.': 'Jedes damit signierte Token wird sofort abgewiesen.',

  'The saved view is deleted.': 'Die gespeicherte Ansicht wird gelöscht.',
  'You can save it again.': 'Sie können sie wieder speichern.',
  'The password strings kept of the other system are forgotten; tokens derived from them end for good.':
    'Die aufbewahrten Passwortangaben des anderen Systems werden vergessen; daraus abgeleitete Tokens enden für immer.',
  'The users, applications and credentials of the demonstration end for good, with how long checks took until now.':
    'Die Benutzer, Anwendungen und Zugangsdaten der Demonstration enden für immer, ebenso die bisher gemessenen Prüfzeiten.',
}
