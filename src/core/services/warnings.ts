/** Warnings for the operator. Each is logged once per process, so that repeated requests cannot fill the log. */
export type Warnings = { once(about: Warning, sentence: string): 'said' | 'said before' }

export type Warning =
  | 'settings-in-query'
  | 'unknown-gate'
  | 'gate-without-dialect'
  | 'unlisted-proxy'
  | 'unlisted-asker'
  | 'paths-without-gate'
  | 'gate-outside-path'
  | 'log-behind'
  | 'guard-ahead'

export function openWarnings(say: (sentence: string) => void): Warnings {
  const said = new Set<Warning>()
  return {
    once(about, sentence) {
      if (said.has(about)) return 'said before'
      said.add(about)
      say(sentence)
      return 'said'
    },
  }
}

/**
 * The warning that revocations are missing: the database is a restored backup, or a promoted replica that was behind.
 */
export const lostEntries = (reader: string, readUpTo: number, endsAt: number): string =>
  `${reader} has read the revocation log up to ${readUpTo}, but it ends at ${endsAt}: the database was restored, or a replica that lagged behind was promoted. What was revoked meanwhile works again. To end everything, run: claviger credential revoke-all --everything`
