import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseProblem } from '../../store/engine.ts'
import { compose, type Installation } from '../compose.ts'
import { type Config, ConfigProblem } from '../settings/config.ts'
import { isMissing } from '../settings/find-installation.ts'
import { KEY_FILE } from '../settings/master-key.ts'
import { examineClock, examineDatabase, examineKeys, examinePeople } from './database.ts'
import { examineResources } from './discovery.ts'
import { examineFiles } from './files.ts'
import { type Finding, not } from './finding.ts'
import { examineNetwork, examineProxies, examineServers } from './network.ts'
import { examineConfiguration, examineRuntime } from './runtime.ts'

/**
 * Examines an installation, from the runtime to the network. Makes nothing new; an installation that cannot be opened is
 * a finding.
 */
export async function examine(readConfig: () => Config): Promise<Finding[]> {
  const findings = examineRuntime()
  let config: Config
  try {
    config = readConfig()
  } catch (error) {
    if (!(error instanceof ConfigProblem)) throw error
    const fix = 'See docs/configuration.md.'
    return [...findings, ...error.problems.map(problem => not('fail', 'configuration', 'settings', problem, fix))]
  }
  findings.push(...examineConfiguration(config), ...examineFiles(config))
  findings.push(...(await examineInside(config)), ...(await examineNetwork(config)))
  return findings
}

async function examineInside(config: Config): Promise<Finding[]> {
  if (isMissing(config) && (config.databaseUrl || !existsSync(join(config.dataDir, KEY_FILE))))
    return [not('warn', 'database', 'database', 'there is none yet', 'claviger start makes it.')]
  let installation: Installation
  try {
    installation = await compose(config, { onNone: 'refuse' })
  } catch (error) {
    if (error instanceof DatabaseProblem) return [not('fail', 'database', 'database', error.message)]
    if (error instanceof ConfigProblem) return [not('fail', 'keys', 'master key', error.message)]
    throw error
  }
  try {
    return [
      ...(await examineDatabase(installation)),
      ...(await examineKeys(installation)),
      ...(await examinePeople(installation)),
      ...(await examineClock(installation)),
      await examineProxies(installation, config),
      ...(await examineServers(installation, config)),
      ...(await examineResources(installation, config)),
    ]
  } finally {
    await installation.close()
  }
}
