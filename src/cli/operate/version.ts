import { readVersion } from '../../server/settings/version.ts'
import { record } from '../output/answer.ts'
import type { Noun } from '../program/command.ts'

export const version: Noun = {
  verbs: [
    {
      at: '',
      about: 'Print the versions',
      examples: ['claviger version', 'claviger version --json'],
      onlyHere: 'it is about this program; claviger status tells the version of a server',
      async run() {
        const { sqlite, openssl } = process.versions
        const versions = {
          version: readVersion(),
          node: process.version,
          sqlite: sqlite ?? null,
          openssl: openssl ?? null,
        }
        return record(versions, { text: `claviger ${versions.version} (Node.js ${versions.node})` })
      },
    },
  ],
}
