import type { Finding } from '../../server/doctor/finding.ts'
import { EXIT } from '../output/exit-codes.ts'
import type { Noun } from '../program/command.ts'
import { asTyped } from '../program/command-line.ts'

const MARKS = { ok: '✔', warn: '!', fail: '✘' } as const

export const doctor: Noun = {
  verbs: [
    {
      at: '',
      about: 'Examine runtime, settings, files, database, keys, clock and network; exit code 8 if a check fails',
      examples: ['claviger doctor', 'claviger doctor --json'],
      onlyHere: 'it examines this machine; claviger status looks at a server',
      async run({ config }) {
        const { examine } = await import('../../server/doctor/doctor.ts')
        const checks = await examine(config)
        const failed = checks.some(({ state }) => state === 'fail')
        return {
          json: { healthy: !failed, checks },
          text: checks.map(line).join('\n'),
          ...(failed && { exit: EXIT.negative }),
        }
      },
    },
  ],
}

const line = ({ section, name, state, found, fix }: Finding): string =>
  `${MARKS[state]} ${state.padEnd(4)}  ${section.padEnd(13)}  ${name}: ${found}${fix ? `\n              fix: ${asTyped(fix)}` : ''}`
