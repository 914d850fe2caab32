/**
 * All refusals of Claviger, with the default text. Each dialect maps the codes to its own status and body
 * (`wire/<dialect>/refusals.ts`, with the complete table of the standards as default); `docs/errors.md` lists them.
 */
export const REFUSALS = {
  // The request itself
  'request-malformed': 'The request could not be read.',
  'parameter-missing': 'A required parameter is missing.',
  'parameter-repeated': 'A parameter was sent more than once.',
  'parameter-invalid': 'A parameter has a value that cannot be used.',
  'media-type-unsupported': 'This endpoint does not read that Content-Type.',
  'answer-unacceptable': 'This endpoint has no answer in a format that the request accepts.',
  'body-too-large': 'The request body is larger than this server reads.',
  'headers-too-large': 'The headers of the request are larger than this server reads.',
  'request-too-slow': 'The request did not arrive in time.',
  'not-found': 'There is nothing at this address.',
  'method-not-allowed': 'This address does not answer that method.',
  // The caller
  'client-unknown': 'The client could not be authenticated.',
  'client-proof-missing': 'The client did not authenticate.',
  'client-proof-wrong': 'The client could not be authenticated.',
  'client-disabled': 'This client has been disabled.',
  'client-document-not-allowed': 'This server takes no clients with a metadata document of that host.',
  'client-document-unfit': 'The metadata document of the client cannot be used.',
  'client-document-withdrawn': 'There is no metadata document at the address of the client.',
  'client-document-unreachable': 'The metadata document of the client cannot be read now. Try again in a moment.',
  'client-methods-mixed': 'The client authenticated in two ways at once; use one.',
  'client-named-twice': 'The client_id in the body is not the client that authenticated.',
  'session-missing': 'Please sign in first.',
  'form-foreign': 'This was sent from a page of another site, so nothing was done.',
  'form-outdated': 'The page that sent this was opened for another sign-in, so nothing was done. Open it again.',
  'cookie-missing': 'The browser did not send the cookie that our page gave it. Allow cookies for this site.',
  'login-failed': 'The name or password is wrong.',
  'one-time-code-wrong': 'The one-time code is missing or wrong.',
  'second-factor-not-set-up': 'No one-time codes have been set up for this account.',
  'user-disabled': 'This account has been disabled.',
  // The authorization request
  'redirect-missing': 'The request names no redirect address and the client has more than one.',
  'registration-blocked': 'The staff of this server do not let this application register itself.',
  'redirect-unfit': 'A redirect address cannot be registered.',
  'client-metadata-unfit': 'The client metadata cannot be registered.',
  'software-statement-unsupported': 'Software statements are not accepted here. Leave software_statement out.',
  'redirect-not-registered': 'The redirect address is not registered for this client.',
  'response-type-unsupported': 'Only the response type "code" is supported.',
  'pkce-required': 'This client must use PKCE with the method S256.',
  'pkce-method-unsupported': 'Only the PKCE method S256 is supported.',
  'interaction-unknown': 'There is no such sign-in here. Start again from the application.',
  'request-object-unfit': 'The request object cannot be used.',
  'request-uri-unfit':
    'The request_uri is not registered for this client, or there is no request object at it. Only https addresses are read.',
  'push-required': 'This client must push its authorization requests first (RFC 9126).',
  'pushed-request-unknown':
    'The request_uri is not one that this server gave to this client, or its 90 seconds are over. Push the request again.',
  'device-code-unknown': 'The device code is not one of this client, or was used before.',
  'device-code-expired': 'The device code has expired. Start again on the device.',
  'authorization-pending': 'The person has not answered yet. Ask again after the interval.',
  'slow-down': 'Asked too soon. Wait five seconds more between requests from now on.',
  'user-code-unknown': 'No device waits with this code. Compare it with the device, or start there again.',
  'user-code-elsewhere': 'This code was entered in another browser. Go on there, or start again on the device.',
  'interaction-expired': 'This sign-in has waited too long. Start again from the application.',
  'interaction-answered': 'This request was answered already. Start again from the application.',
  'interaction-elsewhere':
    'This sign-in was started in another browser, or the cookies of this one were deleted since.',
  'login-required': 'The user is not signed in.',
  'consent-required': 'The user has not consented.',
  'interaction-required': 'The user must prove a second factor, for which a page must be shown.',
  'account-selection-required': 'Another user than the named one is signed in, and no page may ask which to use.',
  'acr-unmet': 'The user cannot sign in as strongly as the request demands.',
  'consent-denied': 'The user did not allow the request.',
  // The grant
  'grant-type-unknown': 'This grant type is not supported.',
  'grant-type-not-allowed': 'This client may not use this grant type.',
  'code-unknown': 'The authorization code is invalid or has expired.',
  'code-spent': 'The authorization code is invalid or has expired.',
  'redirect-mismatch': 'The redirect address differs from the one in the authorization request.',
  'verifier-missing': 'The code verifier is missing.',
  'verifier-wrong': 'The code verifier does not match the challenge.',
  'refresh-unknown': 'The refresh token is invalid or has expired.',
  'refresh-reused': 'The refresh token was used before; everything issued from it has been revoked.',
  'grant-revoked': 'The grant has been revoked.',
  'scope-unknown': 'A requested scope does not exist.',
  'key-consent-off': 'This API does not take a key in the place of a sign-in.',
  'scope-too-wide': 'The requested scope is wider than what may be granted.',
  'audience-unknown': 'The requested resource is not known here.',
  // The presented credential
  'credential-missing': 'No credential was presented.',
  'credential-malformed': 'The credential is malformed.',
  'credential-unknown': 'The credential is not known.',
  'credential-expired': 'The credential has expired.',
  'credential-revoked': 'The credential has been revoked.',
  'credential-disabled': 'The credential has been disabled.',
  'credential-not-yours': 'The credential was not issued to this client.',
  'credentials-mixed': 'Two credentials were presented at once; send one.',
  'owner-disabled': 'The owner of the credential has been disabled.',
  'audience-wrong': 'The credential is meant for another resource server.',
  'scope-insufficient': 'The credential does not have the scope this needs.',
  'dialect-wrong': 'This kind of credential is not accepted here.',
  'network-not-allowed': 'The credential may not be used from this network.',
  'user-required': 'This needs a credential that acts for a user.',
  // Management
  'permission-missing': 'Your role does not allow this.',
  'user-unknown': 'There is no such user.',
  'name-taken': 'That name is already in use.',
  'password-unfit': 'The password cannot be used.',
  'registration-closed': 'Registration is closed on this server.',
  'invite-unknown': 'The invitation does not exist.',
  'invite-expired': 'The invitation has expired.',
  'workspace-unclear': 'Name either an invitation or a new workspace, one of the two.',
  'workspace-name-taken': 'A workspace of that name exists already.',
  'workspace-unknown': 'There is no such workspace.',
  'administers-workspace': 'This user administers a workspace. Give it another administrator first.',
  'administers-model': 'This user administers a model. Give it another administrator first.',
  'state-conflict': 'That cannot be done in the present state.',
  'idempotency-mismatch': 'This Idempotency-Key was already used for a different request.',
  // Limits and outages
  'rate-limited': 'Too many requests. Wait a moment and try again.',
  overloaded: 'The server is busy. Try again in a moment.',
  unavailable: 'The server cannot reach its database. Try again in a moment.',
  bug: 'Something went wrong on this server. The request id helps its operator to find out why.',
} as const satisfies Record<string, string>

export type RefusalCode = keyof typeof REFUSALS

/**
 * Reasons to refuse a registration (RFC 7591 section 3.2.2). The journal keeps them although the client is not
 * stored, because its author asks staff about them.
 */
const OF_REGISTRATION: ReadonlySet<string> = new Set<RefusalCode>([
  'redirect-unfit',
  'client-metadata-unfit',
  'software-statement-unsupported',
  'registration-blocked',
])
/** Reasons to refuse a metadata document. The client may not be stored either, because its document was never read. */
const OF_DOCUMENT: ReadonlySet<string> = new Set<RefusalCode>([
  'client-document-not-allowed',
  'client-document-unfit',
  'client-document-withdrawn',
  'client-document-unreachable',
])
export const isOfDocument = (reason: string | undefined): boolean => reason !== undefined && OF_DOCUMENT.has(reason)
export const isOfRegistration = (reason: string | undefined): boolean =>
  reason !== undefined && OF_REGISTRATION.has(reason)

/** Facts that a dialect may put into its answer. They contain no secrets. */
export type RefusalFacts = {
  /** The name of the invalid parameter or field. */
  parameter?: string
  /** All faults of the fields, for dialects that list each fault. */
  faults?: readonly Fault[]
  /** The position in the body at which parsing stopped, in characters from 0. */
  position?: number
  /** Scopes that the request needs. */
  scopes?: readonly string[]
  /** Seconds until a new attempt makes sense. */
  retryAfterSeconds?: number
  /** A sentence for the caller, more precise than the default text. */
  sentence?: string
  /** Methods of this path. */
  allow?: readonly string[]
  /** The address of the metadata document at fault. */
  document?: string
  /** The allowed values of the parameter. */
  allowed?: readonly string[]
}

export type Fault = {
  place: 'body' | 'query'
  /** The field at fault; absent: the body as a whole. */
  parameter?: string
  problem: 'missing' | 'null' | 'not-a-text' | 'not-an-object' | 'not-an-email' | 'not-allowed'
}

/** The error for every refusal. `detail` is for the log and for "explain"; callers do not get it. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly facts: RefusalFacts
  /** The user, client or credential concerned, if known with certainty; for the journal. */
  concerns: { userId?: string; clientId?: string; credentialId?: string } = {}

  constructor(code: RefusalCode, detail: string = REFUSALS[code], facts: RefusalFacts = {}) {
    super(detail)
    this.name = 'Refusal'
    this.code = code
    this.facts = facts
  }

  /** Adds ids to `concerns`; ids that were set before remain. */
  concerning(whom: Refusal['concerns']): this {
    this.concerns = { ...whom, ...this.concerns }
    return this
  }

  /** The text for the caller: the default text, or the sentence of a decision. */
  get text(): string {
    const { sentence = REFUSALS[this.code], allowed } = this.facts
    return allowed ? `${sentence} Allowed: ${allowed.join(', ')}.` : sentence
  }
}
