import { principalFields, REASON_NAMES, type Verdict } from '../model/verdict.ts'

/** The outcome of the one check, with the names and units of `POST /v1/verify`. */
export function showVerdict(verdict: Verdict): object {
  const findings = verdict.findings && { findings: verdict.findings }
  return verdict.active
    ? { active: true, ...principalFields(verdict.principal), ...findings }
    : {
        active: false,
        reason: REASON_NAMES[verdict.reason],
        credential_id: verdict.credentialId ?? null,
        ...findings,
      }
}
