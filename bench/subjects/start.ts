import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../src/server/config.ts'
import { startServer } from '../../src/server/start.ts'
import { offer } from '../ask.ts'

/* The server and nothing else, on an empty directory: for start time and idle memory. */

const dataDir = await mkdtemp(join(tmpdir(), 'claviger-bench-'))
const { url, stop } = await startServer(readConfig({ CLAVIGER_DATA_DIR: dataDir, CLAVIGER_PORT: '0' }))
process.on('SIGTERM', () => void stop().then(() => process.exit(0)))
offer({ url, asks: {} })
