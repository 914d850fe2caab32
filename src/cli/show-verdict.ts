import { KINDS } from '../model/credential.ts'
import { REASON_NAMES, type Verdict } from '../model/verdict.ts'

const seconds = (at: number | undefined): number | null => (at === undefined ? null : Math.floor(at / 1000))

/** The outcome of the one check, with the names and units of `POST /v1/verify`. */
export function showVerdict(verdict: Verdict): object {
  const findings = verdict.findings && { findings: verdict.findings }
  if (!verdict.active)
    return {
      active: false,
      reason: REASON_NAMES[verdict.reason],
      credential_id: verdict.credentialId ?? null,
      ...findings,
    }
  const { kind, credentialId, subject, client, scopes, audience, issuedAt, expiresAt } = verdict.principal
  return {
    active: true,
    kind: KINDS[kind].shown,
    credential_id: credentialId,
    subject: subject ?? null,
    client: client ? { client_id: client.id, name: client.name } : null,
    scopes,
    audience,
    issued_at: seconds(issuedAt),
    expires_at: seconds(expiresAt),
    ...findings,
  }
}
