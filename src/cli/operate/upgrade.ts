import { finishUpgrade } from '../../core/services/finish-upgrade.ts'
import { STATEMENTS_SETTING } from '../../core/services/statement-keys.ts'
import { OPERATOR } from '../../model/users/actor.ts'
import { record } from '../output/answer.ts'
import type { Noun } from '../program/command.ts'

const WITH_PROCESSES = 'only the operator of the machine knows which versions run'

export const upgrade: Noun = {
  verbs: [
    {
      at: 'status',
      about: 'Show whether the upgrade is finished: whether access tokens contain their own record',
      examples: ['claviger upgrade status'],
      onlyHere: WITH_PROCESSES,
      async run({ world }) {
        const finished = (await (await world()).settings.get(STATEMENTS_SETTING)) === 'on'
        return record({ finished }, finished ? {} : { next: 'claviger upgrade finish' })
      },
    },
    {
      at: 'finish',
      about:
        'Finish the upgrade once every process runs this version; new access tokens then contain their record and are not stored',
      examples: ['claviger upgrade finish'],
      onlyHere: WITH_PROCESSES,
      async run({ world }) {
        const came = await finishUpgrade(await world(), OPERATOR)
        return record({ finished: true }, came === 'finished' ? {} : { notes: ['It was finished before.'] })
      },
    },
  ],
}
