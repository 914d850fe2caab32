/** What the operator should mend. Each is said once in a process: requests that repeat it must not fill the log. */
export type Warnings = { once(about: Warning, sentence: string): void }

export type Warning =
  | 'settings-in-query'
  | 'unknown-gate'
  | 'gate-without-dialect'
  | 'unlisted-proxy'
  | 'paths-without-gate'

export function openWarnings(say: (sentence: string) => void): Warnings {
  const said = new Set<Warning>()
  return {
    once(about, sentence) {
      if (said.has(about)) return
      said.add(about)
      say(sentence)
    },
  }
}
