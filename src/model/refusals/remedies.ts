import type { RefusalCode } from './refusal.ts'

/* What to do after each refusal, in groups; for the page about errors. */

const LATER = 'Send the request again after the time in Retry-After.'
const AGAIN = 'Begin the sign-in again in the application.'
const NEW_CODE = 'Send the person to the authorization endpoint again. A code works once and for 60 seconds.'
const NEW_SIGN_IN = 'Send the person to the authorization endpoint again.'
const NEW_CREDENTIAL = 'Get a new credential, or rotate the old one.'
const CLIENT_PROOF = 'Compare the client id and the secret or the key with those of the application.'
const OPERATOR = 'Only the operator of this server can change this.'
const BEFORE_BODY = 'The limit protects the server. Send less in one request.'
const MANAGEMENT = 'Ask an administrator for the role, or use a credential with the scope.'
const READ_ANSWER = 'The answer names the parameter. Compare it with the API reference.'

export const REMEDIES = {
  'The request': {
    'request-malformed': 'Compare the body with its Content-Type. A JSON body is one object, a form has pairs.',
    'parameter-missing': READ_ANSWER,
    'parameter-repeated': 'Send the parameter once.',
    'parameter-invalid': READ_ANSWER,
    'media-type-unsupported': 'Send the Content-Type that the API reference names, mostly application/json.',
    'answer-unacceptable': 'Accept application/json or */*.',
    'body-too-large': BEFORE_BODY,
    'headers-too-large': 'Send fewer or shorter headers. Cookies of other applications on the same host count, too.',
    'request-too-slow': 'Send the whole request at once.',
    'not-found': 'Compare the address with the API reference. The thing may have been deleted.',
    'method-not-allowed': 'The header Allow lists the methods.',
  },
  'The client': {
    'client-unknown': CLIENT_PROOF,
    'client-proof-missing':
      'Send the client id and the secret, or a signed assertion, as the application is registered.',
    'client-proof-wrong': CLIENT_PROOF,
    'client-disabled': 'Enable the application in the console.',
    'client-document-not-allowed': OPERATOR,
    'client-document-unfit': 'Correct the metadata document. The answer says what is wrong.',
    'client-document-withdrawn': 'Publish the metadata document again at the same address.',
    'client-document-unreachable': LATER,
    'client-methods-mixed': 'Send the secret either in the header or in the body.',
    'client-named-twice': 'Leave client_id out of the body, or send the id of the client that authenticates.',
    'registration-blocked': OPERATOR,
    'redirect-unfit': 'Use https, or http on 127.0.0.1 or [::1] for a program on a device.',
    'client-metadata-unfit': 'The answer names the field. RFC 7591 section 2 describes the fields.',
    'software-statement-unsupported': 'Leave software_statement out.',
  },
  'Signing in': {
    'session-missing': 'Sign in, then open the page again.',
    'form-foreign': 'Open the page of this server and send the form from there.',
    'form-outdated': 'Open the page again and send the form once more.',
    'cookie-missing': 'Allow cookies for this site.',
    'login-failed': 'Type the name and the password again.',
    'one-time-code-wrong': 'Type the code that the app shows now. Compare the clock of the phone.',
    'second-factor-not-set-up': 'Set up one-time codes in the account first.',
    'user-disabled': 'Ask the operator of this server to enable the account.',
    'registration-closed': 'Ask the operator of this server for an account or an invitation.',
    'password-unfit': 'Choose a longer or less common password. The answer says why.',
    'name-taken': 'Choose another name.',
    'login-required': NEW_SIGN_IN,
    'consent-required': NEW_SIGN_IN,
    'interaction-required': NEW_SIGN_IN,
    'account-selection-required': NEW_SIGN_IN,
    'acr-unmet': 'Ask for a weaker acr value, or let the person set up a second factor.',
    'consent-denied': 'The person decided. Ask again only when the person starts it.',
    'interaction-unknown': AGAIN,
    'interaction-expired': AGAIN,
    'interaction-answered': AGAIN,
    'interaction-elsewhere': 'Go on in the browser in which the sign-in began, or begin again.',
  },
  'The authorization request': {
    'redirect-missing': 'Send redirect_uri.',
    'redirect-not-registered': 'Register the redirect address, character for character, or send a registered one.',
    'response-type-unsupported': 'Send response_type=code.',
    'pkce-required': 'Send code_challenge and code_challenge_method=S256.',
    'pkce-method-unsupported': 'Send code_challenge_method=S256.',
    'request-object-unfit':
      'Sign the request object with a registered key, for this server, by one of the listed algorithms.',
    'request-uri-unfit': 'Register the address in request_uris and publish the signed request object there.',
    'push-required': 'Send the parameters to the endpoint for pushed requests first.',
    'pushed-request-unknown': 'Push the request again. A reference works for 90 seconds.',
    'scope-unknown':
      'Ask only for scopes that an API of this server describes. A scope has no spaces, quotes or backslashes.',
    'key-consent-off': 'Sign in, or let staff switch it on: claviger api update AUDIENCE --key-consent',
    'scope-too-wide': 'Ask for less, or let an administrator give the application more scopes.',
    'audience-unknown': 'Send the audience of an API that is registered here.',
  },
  Devices: {
    'device-code-unknown': 'Start again on the device.',
    'device-code-expired': 'Start again on the device.',
    'authorization-pending': 'Ask again after the interval. This is the normal answer while the person decides.',
    'slow-down': 'Add five seconds to the interval.',
    'user-code-unknown': 'Compare the code with the device.',
    'user-code-elsewhere': 'Go on in the other browser, or start again on the device.',
  },
  'The grant': {
    'grant-type-unknown': 'Send a grant type that the server metadata lists.',
    'grant-type-not-allowed': 'Add the grant type to the application.',
    'code-unknown': NEW_CODE,
    'code-spent': `${NEW_CODE} The second use of a code revokes its tokens.`,
    'redirect-mismatch':
      'Send the redirect_uri of the authorization request, or leave it out if it was left out there.',
    'verifier-missing': 'Send the code_verifier to which the code_challenge belongs.',
    'verifier-wrong': 'Keep the code_verifier in the session in which the code_challenge was made.',
    'refresh-unknown': NEW_SIGN_IN,
    'refresh-reused': `${NEW_SIGN_IN} Store the newest refresh token before it is used.`,
    'grant-revoked': NEW_SIGN_IN,
  },
  'The credential': {
    'credential-missing': 'Send the credential as Authorization: Bearer, or an API key as X-API-Key.',
    'credential-malformed': 'Send the whole string without quotes and line breaks.',
    'credential-unknown': 'Compare the string with the one that was shown once. It may be from another server.',
    'credential-expired': NEW_CREDENTIAL,
    'credential-revoked': NEW_CREDENTIAL,
    'credential-disabled': 'Enable the credential in the console.',
    'credential-not-yours': 'Only the client that got a token may revoke it.',
    'credentials-mixed': 'Send one credential.',
    'owner-disabled': 'Enable the owner of the credential.',
    'audience-wrong': 'Get a credential whose audience names this API.',
    'scope-insufficient': 'Get a credential with the scope that the answer names.',
    'dialect-wrong': 'Use a kind of credential that this API accepts.',
    'network-not-allowed': 'Use the credential from an allowed network, or change its list of networks.',
    'user-required': 'Use a token that a person allowed, not one of an application for itself.',
  },
  Management: {
    'permission-missing': MANAGEMENT,
    'user-unknown': 'Compare the id or the name with the list of users.',
    'invite-unknown': 'Compare the code with the invitation.',
    'invite-expired': 'Ask for a new invitation.',
    'workspace-unclear': 'Send one of the two fields.',
    'workspace-name-taken': 'Choose another name.',
    'workspace-unknown': 'Compare the id with the list of workspaces.',
    'administers-workspace': 'Give the workspace another administrator first.',
    'administers-model': 'Give the model another administrator first.',
    'state-conflict': 'The answer says which state prevents the change. Read the thing again.',
    'idempotency-mismatch': 'Use a new Idempotency-Key for another request.',
  },
  'Limits and outages': {
    'rate-limited': LATER,
    overloaded: LATER,
    unavailable: `${LATER} Operators: claviger doctor.`,
    bug: 'Give the request id to the operator, who finds the cause in the log by it.',
  },
} as const

type Groups = typeof REMEDIES
export type RemedyGroup = keyof Groups
type Named = { [Group in keyof Groups]: keyof Groups[Group] }[keyof Groups]

/** The step that ends a refusal. A new code does not compile until it stands in a group. */
export const remedyOf = (code: RefusalCode): string => ALL[code satisfies Named]

const ALL = Object.assign({}, ...Object.values(REMEDIES)) as Record<Named, string>
