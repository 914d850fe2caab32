import { finishUpgrade } from '../../core/services/finish-upgrade.ts'
import { STATEMENTS_SETTING } from '../../core/services/statement-keys.ts'
import { OPERATOR } from '../../model/users/actor.ts'
import { record } from '../output/answer.ts'
import type { Noun } from '../program/command.ts'

const WITH_PROCESSES = 'which versions run is known where the processes are started'

export const upgrade: Noun = {
  verbs: [
    {
      at: 'status',
      about: 'Whether access tokens carry their own record yet, which processes of older versions cannot read',
      examples: ['claviger upgrade status'],
      onlyHere: WITH_PROCESSES,
      async run({ world }) {
        const finished = (await (await world()).settings.get(STATEMENTS_SETTING)) === 'on'
        return record({ finished }, finished ? {} : { next: 'claviger upgrade finish' })
      },
    },
    {
      at: 'finish',
      about: 'Say that every server process runs this version; from then on short-lived access tokens are not stored',
      examples: ['claviger upgrade finish'],
      onlyHere: WITH_PROCESSES,
      async run({ world }) {
        const came = await finishUpgrade(await world(), OPERATOR)
        return record({ finished: true }, came === 'finished' ? {} : { notes: ['It was finished before.'] })
      },
    },
  ],
}
