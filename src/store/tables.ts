import type { Generated } from 'kysely'

/* The schema. Times are milliseconds since 1970, flags are 0 or 1, lists and records are JSON text. */

export type CredentialRow = {
  fingerprint: string
  kind: string
  hint: string
  name: string | null
  grant_id: string | null
  generation: number | null
  client_id: string | null
  user_id: string | null
  scopes: string | null
  audience: string | null
  created_at: number
  expires_at: number | null
  revoked_at: number | null
  disabled_at: number | null
  disabled_by: string | null
  spent_at: number | null
  last_used_at: number | null
  data: string | null
}

export type NewCredentialRow = Omit<CredentialRow, 'disabled_at' | 'disabled_by'>

export type GrantRow = {
  id: string
  user_id: string | null
  client_id: string
  scopes: string
  audience: string | null
  generation: number
  /** Sealed answer of the latest rotation and its time, for repeated requests. */
  answer: string | null
  rotated_at: number | null
  created_at: number
  activated_at: number | null
  expires_at: number | null
  revoked_at: number | null
  last_used_at: number | null
  /** The latest expiry of credentials issued from it; null: one of them has no expiry. */
  ends_at: number | null
  tokens_issued: number
  /** Id of the session in which the grant was allowed. */
  session_id: string | null
  /** Id of the key from which the grant was made. */
  parent_id: string | null
  /** The sign-in and the requested claims as JSON; null if the request was not one of OpenID Connect. */
  openid: string | null
}

export type UserRow = {
  id: string
  number: number
  handle: string
  email: string | null
  first_name: string | null
  last_name: string | null
  role: string
  scopes: string | null
  active: number
  password: string | null
  otp_secret: string | null
  otp_validated: number
  /** Sealed secret that waits for its first correct code. */
  otp_pending: string | null
  /** The latest 30-second step whose code was used. */
  otp_step: number | null
  /** The sealed password string of the other system. */
  imported_password: string | null
  /** How often everything of the user was ended at once. */
  epoch: number
  created_at: number
  /** Standard claims of OpenID Connect, as JSON. */
  claims: string | null
}

/** Authenticators of users; `data` is hashed or sealed. */
export type AuthenticatorRow = {
  id: string
  user_id: string
  method: string
  data: string
  state: string
  created_at: number
  last_used_at: number | null
}

export type ClientRow = {
  id: string
  number: number
  name: string
  website: string | null
  redirect_uris: string
  grant_types: string
  scopes: string
  type: string
  owner_id: string | null
  policy: string
  source: string
  active: number
  created_at: number
  reviewed_at: number | null
  last_used_at: number | null
  /** The line of the revocation log that last ended everything of the client; initially the head. */
  epoch: number
  metadata: string
  tokens_issued: number
  identity_changed_at: number | null
  /** The network of a client that registered itself; null for other clients. */
  origin_network: string | null
  origin_area: string | null
  origin_token: string | null
  origin_digest: string | null
}

export type Tables = {
  credentials: CredentialRow
  grants: GrantRow
  users: UserRow
  authenticators: AuthenticatorRow
  /** Handles and e-mail addresses in canonical form: one namespace, unique by the primary key. */
  user_names: { name: string; user_id: string }
  workspaces: { id: string; name: string; created_at: number }
  models: { id: string; workspace_id: string; name: string; created_at: number }
  seats: { place_id: string; user_id: string; place: string; role: string; created_at: number }
  clients: ClientRow
  client_secrets: {
    fingerprint: string
    client_id: string
    hint: string
    created_at: number
    expires_at: number | null
  }
  /** The state of metadata documents of clients. */
  client_documents: {
    client_id: string
    read_at: number
    asked_at: number
    fresh_until: number
    etag: string | null
    etag_at: number | null
    trouble: string | null
    sentence: string | null
  }
  resources: {
    audience: string
    name: string
    client_id: string
    scopes: string
    token_format: string
    strict_audience: number
    created_at: number
    rolling_exp_seconds: number | null
    key_consent: number
  }
  gates: {
    name: string
    audience: string | null
    scopes: string
    profile: string
    preflights: string
    created_at: number
  }
  scopes: { scope: string; sentence: string; risk: string }
  signing_keys: {
    id: string
    algorithm: string
    public_jwk: string
    sealed_private_jwk: string
    created_at: number
    retired_at: number | null
    removed_at: number | null
  }
  statement_keys: { number: number; sealed_secret: string; created_at: number; seals_from: number }
  /** Access tokens without a row that ended before they expired. */
  ended_statements: { id: string; ends_at: number; ended_at: number }
  /** Networks and hosts from which no client may register itself. `subject`: `network` or `host`. */
  registration_blocks: { subject: string; value: string; note: string | null; created_at: number }
  /** Client assertions that were accepted. */
  used_assertions: { id: string; ends_at: number }
  /** Clients to notify of the end of a session. `next_at` is null while the session lives, and after the last try. */
  logout_notices: {
    session_id: string
    client_id: string
    user_id: string
    created_at: number
    next_at: number | null
    tries: number
    fault: string | null
  }
  revocations: { seq: number; at: number; subject: string; subject_id: string; effect: string }
  journal: {
    id: Generated<number>
    at: number
    event: string
    about: string
    about_id: string | null
    actor: string
    user_id: string | null
    client_id: string | null
    credential_id: string | null
    reason: string | null
    request_id: string | null
    ip: string | null
    detail: string | null
  }
  usage: { minute: number; credential_id: string; kind: string; outcome: string; count: number }
  /** Sums per credential and hour (in minutes), accepted or refused. */
  usage_hours: { credential_id: string; hour: number; refused: number; count: number }
  /** Sums per user or client and hour. */
  usage_owners: { owner: string; hour: number; kind: string; outcome: string; count: number }
  /** Sums of the whole installation per minute and per hour: `grain` is 1 or 60. */
  usage_house: { grain: number; minute: number; kind: string; outcome: string; count: number }
  /**
   * The number of checks by duration (model/credentials/check-time), in buckets of a minute or an hour: `minutes` is
   * 1 or 60, `at` is the start of the bucket.
   */
  check_times: { minutes: number; at: number; step: number; count: number }
  usage_networks: { credential_id: string; network: string; last_at: number }
  /** The number of attempts that were taken for each key, at the time `at`. */
  attempts: { key: string; taken: number; at: number }
  familiar_networks: { key: string; at: number }
  idempotency: { caller: string; key: string; request_hash: string; answer: string; expires_at: number }
  views: { user_id: string; name: string; page: string; query: string; created_at: number }
  settings: { name: string; value: string }
  /** Counters that only increase, in the order of commits. */
  counters: { name: string; value: number }
  migrations: { name: string; at: number }
}
