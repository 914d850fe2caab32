import { readVersion } from '../../server/settings/version.ts'
import { flushStdout, watchStandardStreams } from '../output/standard-streams.ts'
import { NOUNS } from './nouns.ts'
import { runProgram } from './program.ts'

watchStandardStreams()
// An older Node.js started this process. This process ends when its parent is killed; otherwise it would keep the port.
if (process.env['CLAVIGER_HANDED_OVER']) process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))

const exit = await runProgram(NOUNS, readVersion(), process.argv.slice(2))
await flushStdout()
process.exit(exit)
