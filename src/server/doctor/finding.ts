import type { House } from '../compose.ts'
import type { Config } from '../config.ts'

/** One line of the examination. What is not well says what to do about it. */
export type Finding = {
  section: 'runtime' | 'configuration' | 'files' | 'database' | 'keys' | 'people' | 'clock' | 'network'
  name: string
  state: 'ok' | 'warn' | 'fail'
  found: string
  fix?: string
}

/** Examines one section. The house is there when the database could be opened. */
export type Examiner = (config: Config, house: House) => Promise<Finding[]> | Finding[]

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
  /** Absent where what was found says it already. */
  fix?: string,
): Finding => ({ section, name, state, found, ...(fix && { fix }) })
