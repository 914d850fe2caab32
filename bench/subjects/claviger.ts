import { readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../src/server/settings/config.ts'
import { startServer } from '../../src/server/start.ts'
import { offerTokens } from '../offer-tokens.ts'

/* Claviger as `claviger start` runs it: SQLite on disk, every answer durable; only the throttles are off. */

const dataDir = process.argv[2] ?? (await mkdtemp(join(tmpdir(), 'claviger-bench-')))
const config = readConfig({ ...process.env, CLAVIGER_DATA_DIR: dataDir, CLAVIGER_PORT: '0', CLAVIGER_LIMITS: 'off' })
const { url, world, stop } = await startServer(config)
process.on('SIGTERM', () => void stop().then(() => process.exit(0)))

await offerTokens(url, world, process.argv[3] === undefined ? [] : JSON.parse(readFileSync(process.argv[3], 'utf8')))
