import type { RefusalCode } from '../../../model/refusals/refusal.ts'

/* What to do after each refusal, in German. A new code does not compile until it stands here. */

const LATER = 'Senden Sie die Anfrage nach der Zeit in Retry-After noch einmal.'
const AGAIN = 'Beginnen Sie die Anmeldung in der Anwendung von vorn.'
const NEW_SIGN_IN = 'Schicken Sie die Person noch einmal zum Autorisierungsendpunkt.'
const NEW_CODE = `${NEW_SIGN_IN} Ein Code gilt einmal und 60 Sekunden lang.`
const NEW_CREDENTIAL = 'Holen Sie neue Zugangsdaten, oder ersetzen Sie die alten.'
const CLIENT_PROOF = 'Vergleichen Sie die Client-ID und das Geheimnis oder den Schlüssel mit denen der Anwendung.'
const OPERATOR = 'Nur der Betreiber dieses Servers kann das ändern.'
const READ_ANSWER = 'Die Antwort nennt den Parameter. Vergleichen Sie ihn mit der API-Referenz.'
const RESTART_DEVICE = 'Beginnen Sie auf dem Gerät von vorn.'

export const remediesDe: Record<RefusalCode, string> = {
  'request-malformed':
    'Vergleichen Sie den Inhalt mit seinem Content-Type. JSON ist ein Objekt, ein Formular hat Paare aus Name und Wert.',
  'parameter-missing': READ_ANSWER,
  'parameter-repeated': 'Senden Sie den Parameter einmal.',
  'parameter-invalid': READ_ANSWER,
  'media-type-unsupported': 'Senden Sie den Content-Type, den die API-Referenz nennt, meist application/json.',
  'answer-unacceptable': 'Nehmen Sie application/json oder */* an (Accept).',
  'body-too-large': 'Die Grenze schützt den Server. Senden Sie weniger in einer Anfrage.',
  'headers-too-large':
    'Senden Sie weniger oder kürzere Kopfzeilen. Auch Cookies anderer Anwendungen auf demselben Host zählen.',
  'request-too-slow': 'Senden Sie die ganze Anfrage auf einmal.',
  'not-found': 'Vergleichen Sie die Adresse mit der API-Referenz. Vielleicht wurde das Gesuchte gelöscht.',
  'method-not-allowed': 'Die Kopfzeile Allow nennt die Methoden.',
  'client-unknown': CLIENT_PROOF,
  'client-proof-missing':
    'Senden Sie die Client-ID und das Geheimnis oder eine signierte Assertion, so wie die Anwendung eingetragen ist.',
  'client-proof-wrong': CLIENT_PROOF,
  'client-disabled': 'Geben Sie die Anwendung in der Konsole frei.',
  'client-document-not-allowed': OPERATOR,
  'client-document-unfit': 'Berichtigen Sie das Metadaten-Dokument. Die Antwort sagt, was daran falsch ist.',
  'client-document-withdrawn': 'Veröffentlichen Sie das Metadaten-Dokument wieder an derselben Adresse.',
  'client-document-unreachable': LATER,
  'client-methods-mixed': 'Senden Sie das Geheimnis entweder in der Kopfzeile oder im Inhalt.',
  'client-named-twice':
    'Lassen Sie client_id im Inhalt weg, oder senden Sie die ID der Anwendung, die sich ausgewiesen hat.',
  'registration-blocked': OPERATOR,
  'redirect-unfit': 'Verwenden Sie https, oder http auf 127.0.0.1 oder [::1] für ein Programm auf einem Gerät.',
  'client-metadata-unfit': 'Die Antwort nennt das Feld. RFC 7591, Abschnitt 2, beschreibt die Felder.',
  'software-statement-unsupported': 'Lassen Sie software_statement weg.',
  'session-missing': 'Melden Sie sich an, und öffnen Sie dann die Seite noch einmal.',
  'form-foreign': 'Öffnen Sie die Seite dieses Servers, und schicken Sie das Formular von dort ab.',
  'form-outdated': 'Öffnen Sie die Seite neu, und schicken Sie das Formular noch einmal ab.',
  'cookie-missing': 'Erlauben Sie dieser Website Cookies.',
  'login-failed': 'Geben Sie Name und Passwort noch einmal ein.',
  'one-time-code-wrong':
    'Geben Sie den Code ein, den die App jetzt zeigt. Prüfen Sie, ob die Uhr des Telefons richtig geht.',
  'second-factor-not-set-up': 'Richten Sie im Konto zuerst Einmalcodes ein.',
  'user-disabled': 'Bitten Sie den Betreiber dieses Servers, das Konto freizugeben.',
  'registration-closed': 'Bitten Sie den Betreiber dieses Servers um ein Konto oder eine Einladung.',
  'password-unfit': 'Wählen Sie ein längeres oder selteneres Passwort. Die Antwort nennt den Grund.',
  'name-taken': 'Wählen Sie einen anderen Namen.',
  'login-required': NEW_SIGN_IN,
  'consent-required': NEW_SIGN_IN,
  'interaction-required': NEW_SIGN_IN,
  'account-selection-required': NEW_SIGN_IN,
  'acr-unmet': 'Verlangen Sie einen schwächeren acr-Wert, oder lassen Sie die Person einen zweiten Faktor einrichten.',
  'consent-denied': 'Die Person hat entschieden. Fragen Sie erst wieder, wenn sie selbst damit beginnt.',
  'interaction-unknown': AGAIN,
  'interaction-expired': AGAIN,
  'interaction-answered': AGAIN,
  'interaction-elsewhere': 'Machen Sie in dem Browser weiter, in dem die Anmeldung begann, oder beginnen Sie von vorn.',
  'redirect-missing': 'Senden Sie redirect_uri.',
  'redirect-not-registered':
    'Tragen Sie die Rücksprungadresse Zeichen für Zeichen ein, oder senden Sie eine eingetragene.',
  'response-type-unsupported': 'Senden Sie response_type=code.',
  'pkce-required': 'Senden Sie code_challenge und code_challenge_method=S256.',
  'pkce-method-unsupported': 'Senden Sie code_challenge_method=S256.',
  'request-object-unfit':
    'Signieren Sie das Request-Objekt mit einem eingetragenen Schlüssel, für diesen Server, mit einem der genannten Algorithmen.',
  'request-uri-unfit':
    'Tragen Sie die Adresse unter request_uris ein, und veröffentlichen Sie dort das signierte Request-Objekt.',
  'push-required': 'Senden Sie die Parameter zuerst an den Endpunkt für vorab übermittelte Anfragen.',
  'pushed-request-unknown': 'Übermitteln Sie die Anfrage noch einmal. Ein Verweis gilt 90 Sekunden.',
  'scope-unknown':
    'Verlangen Sie nur Rechte, die eine API dieses Servers beschreibt. Ein Recht hat keine Leerzeichen, Anführungszeichen oder Backslashes.',
  'key-consent-off':
    'Melden Sie sich an, oder lassen Sie es von der Verwaltung einschalten: claviger api update AUDIENCE --key-consent',
  'scope-too-wide': 'Verlangen Sie weniger, oder lassen Sie der Anwendung von der Verwaltung mehr Rechte geben.',
  'audience-unknown': 'Senden Sie die Kennung (audience) einer API, die hier eingetragen ist.',
  'device-code-unknown': RESTART_DEVICE,
  'device-code-expired': RESTART_DEVICE,
  'authorization-pending':
    'Fragen Sie nach der genannten Pause wieder. So lautet die Antwort immer, solange die Person überlegt.',
  'slow-down': 'Verlängern Sie die Pause um fünf Sekunden.',
  'user-code-unknown': 'Vergleichen Sie den Code mit dem Gerät.',
  'user-code-elsewhere': `Machen Sie im anderen Browser weiter, oder beginnen Sie auf dem Gerät von vorn.`,
  'grant-type-unknown': 'Senden Sie einen grant_type, den die Metadaten des Servers nennen.',
  'grant-type-not-allowed': 'Geben Sie der Anwendung diesen grant_type.',
  'code-unknown': NEW_CODE,
  'code-spent': `${NEW_CODE} Wird ein Code zum zweiten Mal verwendet, werden seine Token widerrufen.`,
  'redirect-mismatch':
    'Senden Sie die redirect_uri der Autorisierungsanfrage, oder lassen Sie sie weg, wenn sie dort fehlte.',
  'verifier-missing': 'Senden Sie den code_verifier, zu dem die code_challenge gehört.',
  'verifier-wrong': 'Bewahren Sie den code_verifier in der Sitzung auf, in der die code_challenge entstand.',
  'refresh-unknown': NEW_SIGN_IN,
  'refresh-reused': `${NEW_SIGN_IN} Speichern Sie das neueste Refresh-Token, bevor Sie es verwenden.`,
  'grant-revoked': NEW_SIGN_IN,
  'credential-missing':
    'Senden Sie die Zugangsdaten als Authorization: Bearer, oder einen API-Schlüssel als X-API-Key.',
  'credential-malformed': 'Senden Sie die ganze Zeichenkette ohne Anführungszeichen und Zeilenumbrüche.',
  'credential-unknown':
    'Vergleichen Sie die Zeichenkette mit der, die einmal gezeigt wurde. Vielleicht gehört sie zu einem anderen Server.',
  'credential-expired': NEW_CREDENTIAL,
  'credential-revoked': NEW_CREDENTIAL,
  'credential-disabled': 'Geben Sie die Zugangsdaten in der Konsole frei.',
  'credential-not-yours': 'Nur die Anwendung, die ein Token bekam, darf es widerrufen.',
  'credentials-mixed': 'Senden Sie nur einmal Zugangsdaten.',
  'owner-disabled': 'Geben Sie das Konto frei, dem die Zugangsdaten gehören.',
  'audience-wrong': 'Holen Sie Zugangsdaten, deren Kennung (audience) diese API nennt.',
  'scope-insufficient': 'Holen Sie Zugangsdaten mit dem Recht, das die Antwort nennt.',
  'dialect-wrong': 'Verwenden Sie eine Art von Zugangsdaten, die diese API annimmt.',
  'network-not-allowed':
    'Verwenden Sie die Zugangsdaten aus einem erlaubten Netz, oder ändern Sie die Liste ihrer Netze.',
  'user-required': 'Verwenden Sie ein Token, das eine Person erlaubt hat, nicht das einer Anwendung für sich selbst.',
  'permission-missing':
    'Bitten Sie die Verwaltung um die Rolle, oder verwenden Sie Zugangsdaten mit dem nötigen Recht.',
  'user-unknown': 'Vergleichen Sie die ID oder den Namen mit der Liste der Benutzer.',
  'invite-unknown': 'Vergleichen Sie den Code mit der Einladung.',
  'invite-expired': 'Bitten Sie um eine neue Einladung.',
  'workspace-unclear': 'Senden Sie nur eines der beiden Felder.',
  'workspace-name-taken': 'Wählen Sie einen anderen Namen.',
  'workspace-unknown': 'Vergleichen Sie die ID mit der Liste der Arbeitsbereiche.',
  'administers-workspace': 'Geben Sie dem Arbeitsbereich zuerst eine andere Person zur Verwaltung.',
  'administers-model': 'Geben Sie dem Modell zuerst eine andere Person zur Verwaltung.',
  'state-conflict': 'Die Antwort sagt, welcher Zustand die Änderung verhindert. Lesen Sie den Eintrag noch einmal.',
  'idempotency-mismatch': 'Verwenden Sie für eine andere Anfrage einen neuen Idempotency-Key.',
  'rate-limited': LATER,
  overloaded: LATER,
  unavailable: `${LATER} Als Betreiber: claviger doctor.`,
  bug: 'Geben Sie dem Betreiber die Anfragenummer. Damit findet er die Ursache im Log.',
}
