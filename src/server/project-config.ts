import { resolve } from 'node:path'
import { type Config, readConfig } from './config.ts'
import { readConfigFile } from './config-file.ts'
import { projectFolder } from './find-installation.ts'

/** The configuration of the project that this folder is in: the same from every folder of it. */
export function readProjectConfig(
  environment: NodeJS.ProcessEnv,
  flags: Parameters<typeof readConfig>[1],
  here = process.cwd(),
): Config {
  const folder = projectFolder(here)
  const config = readConfig(environment, flags, readConfigFile(folder))
  if (folder === here) return config
  const { dataDir, databaseUrl, origins } = config
  // What the project says, by its file or by default, is meant from its own folder; what was typed, from this one.
  if (origins.dataDir === 'default' || origins.dataDir === 'file') config.dataDir = resolve(folder, dataDir)
  if (
    origins.databaseUrl === 'file' &&
    environment['CLAVIGER_DATABASE_URL_FILE'] === undefined &&
    databaseUrl?.startsWith('sqlite:')
  )
    config.databaseUrl = `sqlite:${resolve(folder, databaseUrl.slice('sqlite:'.length))}`
  return config
}
