import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigProblem } from './config.ts'

export const CONFIG_FILE = 'claviger.config.json'

/**
 * Reads the settings of the configuration file by name (`"port": 8420`). Environment and flags override them. Returns an
 * empty object if there is no file.
 */
export function readConfigFile(folder: string): Record<string, string> {
  const path = join(folder, CONFIG_FILE)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw new ConfigProblem([`${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`])
  }
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new ConfigProblem([`${path} is not JSON: ${(error as Error).message}.`])
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ConfigProblem([`${path} must hold one JSON object of settings.`])
  const settings: Record<string, string> = {}
  const problems: string[] = []
  for (const [name, field] of Object.entries(value)) {
    if (name === '$schema') continue
    const said = Array.isArray(field) ? field.join(',') : field
    if (typeof said === 'string' || typeof said === 'number') settings[name] = String(said)
    else problems.push(`${name} in ${CONFIG_FILE} must be a text, a number or a list of texts.`)
  }
  if (problems.length > 0) throw new ConfigProblem(problems)
  return settings
}
