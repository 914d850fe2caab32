import { resolve } from 'node:path'
import { type Config, readConfig } from './config.ts'
import { readConfigFile } from './config-file.ts'
import { projectFolder } from './find-installation.ts'

/** Reads the configuration of the project, with the same result in every folder of the project. */
export function readProjectConfig(
  environment: NodeJS.ProcessEnv,
  flags: Parameters<typeof readConfig>[1],
  here = process.cwd(),
): Config {
  const folder = projectFolder(here)
  const config = readConfig(environment, flags, readConfigFile(folder))
  if (folder === here) return config
  const { dataDir, databaseUrl, origins } = config
  // Relative paths of the configuration file and of defaults start at the project folder, paths of flags and variables
  // at the current folder.
  if (origins.dataDir === 'default' || origins.dataDir === 'file') config.dataDir = resolve(folder, dataDir)
  if (
    origins.databaseUrl === 'file' &&
    environment['CLAVIGER_DATABASE_URL_FILE'] === undefined &&
    databaseUrl?.startsWith('sqlite:')
  )
    config.databaseUrl = `sqlite:${resolve(folder, databaseUrl.slice('sqlite:'.length))}`
  return config
}
