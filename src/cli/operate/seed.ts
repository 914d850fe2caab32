import { record } from '../output/answer.ts'
import { openProgress } from '../output/progress.ts'
import type { Call, Noun } from '../program/command.ts'
import { ofInstallation } from '../program/foresee.ts'

const STANDARD_SEED = 8420

export const seed: Noun = {
  verbs: [
    {
      at: '',
      about: 'Add demo data to a development installation, or remove it',
      examples: ['claviger seed', 'claviger seed --seed 7', 'claviger seed --remove'],
      begins: true,
      onlyHere: 'demo data is made in the database itself',
      options: [
        { flags: '--seed <number>', about: 'number that determines the demo data, such as 7 (default: 8420)' },
        {
          flags: '--remove',
          about: 'remove all demo data, and all measured durations of checks until now',
        },
      ],
      ends: { act: 'removeDemo', only: 'remove', foresee: ofInstallation('the demo data') },
      run: call => (call.options.said('remove') ? remove(call) : fill(call)),
    },
  ],
}

async function fill({ options, world }: Call) {
  const { makeDemo } = await import('../../server/demo/make-demo.ts')
  const bar = openProgress('demo data')
  const { counts, logins } = await makeDemo(await world(), { seed: readSeed(options) }, bar.move)
  bar.end()
  return record(
    { ...counts, logins: logins.map(({ handle, password }) => `${handle} ${password}`) },
    { next: 'claviger start' },
  )
}

async function remove({ installation, config }: Call) {
  const { removeDemo } = await import('../../server/demo/remove-demo.ts')
  return record(await removeDemo(await installation(), config().dataDir))
}

export const readSeed = (options: Call['options']): number => options.whole('seed', 0, 999_999_999) ?? STANDARD_SEED
