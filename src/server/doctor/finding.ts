/** One line of the examination. A finding that is not `ok` says how to mend it. */
export type Finding = {
  section: 'runtime' | 'configuration' | 'files' | 'database' | 'keys' | 'people' | 'clock' | 'network'
  name: string
  state: 'ok' | 'warn' | 'fail'
  found: string
  fix?: string
}

export const ok = (section: Finding['section'], name: string, found: string): Finding => ({
  section,
  name,
  state: 'ok',
  found,
})
export const not = (
  state: 'warn' | 'fail',
  section: Finding['section'],
  name: string,
  found: string,
  /** The remedy; absent if `found` already contains it. */
  fix?: string,
): Finding => ({ section, name, state, found, ...(fix && { fix }) })
