import { endImport } from '../../core/users/end-import.ts'
import { openImport, type UserImport } from '../../core/users/import-user.ts'
import { OPERATOR } from '../../model/users/actor.ts'
import { type Answer, record } from '../output/answer.ts'
import { EXIT } from '../output/exit-codes.ts'
import { openProgress } from '../output/progress.ts'
import type { Noun } from '../program/command.ts'
import { ofInstallation } from '../program/foresee.ts'
import { type DjangoDump, readDjangoDump } from './django-dump.ts'

export const importUsers: Noun = {
  verbs: [
    {
      at: 'django <file>',
      about: 'Import the users of a Django site, with their numbers and passwords',
      examples: [
        'python manage.py dumpdata auth.user > users.json && claviger import django users.json --dry-run',
        'claviger import django users.json',
      ],
      begins: true,
      onlyHere: 'password strings of another system are imported only at the database itself',
      options: [
        { flags: '--dry-run', about: 'show what would happen, and change nothing' },
        {
          flags: '--model <model>',
          about: 'name of the user model of the site, such as accounts.user (default: auth.user)',
        },
      ],
      async run(call) {
        const rehearse = call.options.said('dryRun')
        const dump = await readDjangoDump(call.options.argument(0), call.options.one('model') ?? 'auth.user')
        const run = openImport(await call.world(), OPERATOR, rehearse ? 'rehearse' : 'import')
        return tell(await takeAll(run, dump), rehearse)
      },
    },
    {
      at: 'end',
      about: 'Delete the imported password strings; tokens that the old site derived from them stop working',
      examples: ['claviger import end'],
      ends: { act: 'endImport', foresee: ofInstallation('the import') },
      onlyHere: 'it works on the database itself',
      run: async ({ world }) => record({ forgotten: await endImport(await world(), OPERATOR) }),
    },
  ],
}

type Report = {
  read: number
  taken: number
  /** The number of users that an earlier run imported. */
  known: number
  left: { number: unknown; handle: string | null; why: string }[]
  remarks: { number: number; handle: string; remark: string }[]
  staff: string[]
  others: number
}

async function takeAll(run: UserImport, dump: DjangoDump): Promise<Report> {
  const { users, staff, unreadable, others } = dump
  const report: Report = {
    read: users.length + unreadable.length,
    taken: 0,
    known: 0,
    left: unreadable.map(one => ({ ...one, handle: null })),
    remarks: [],
    staff,
    others,
  }
  const bar = openProgress('users')
  for (const [i, user] of users.entries()) {
    const { number, handle } = user
    const result = await run.take(user)
    if (result.outcome === 'left') report.left.push({ number, handle, why: result.why })
    else if (result.outcome === 'known') report.known++
    else {
      report.taken++
      report.remarks.push(...result.remarks.map(remark => ({ number, handle, remark })))
    }
    bar.move(i + 1, users.length)
  }
  bar.end()
  return report
}

function tell(report: Report, rehearse: boolean): Answer {
  const { read, taken, known, left, remarks, staff, others } = report
  const lines = [
    `${read} users read, ${taken} ${rehearse ? 'would be taken in' : 'taken in'}, ${known} known from an earlier run, ${left.length} left out.`,
    ...left.map(({ number, handle, why }) => `  left out: ${handle ?? 'record'} (${number}): ${why}`),
    ...remarks.map(({ number, handle, remark }) => `  ${handle} (${number}): ${remark}`),
  ]
  const notes = []
  if (staff.length > 0)
    notes.push(`${staff.length} of them managed the old site and have no role here: ${staff.slice(0, 10).join(', ')}.`)
  if (others > 0) notes.push(`${others} records are of other models and were passed over.`)
  return {
    json: report,
    text: lines.join('\n'),
    notes,
    ...(left.length > 0 && { exit: EXIT.data }),
    ...(rehearse && { next: 'Run it again without --dry-run.' }),
  }
}
