import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compose } from '../../src/server/compose.ts'
import { readConfig } from '../../src/server/settings/config.ts'
import { entry, times } from '../../src/store/contract/samples.ts'
import { emptyFolder, launch } from '../kit/command.ts'
import { eventually } from '../kit/eventually.ts'

test('journal tail prints every entry that fits, also when more come at once than one page holds', async () => {
  await using folder = await emptyFolder()
  const env = { CLAVIGER_DATA_DIR: folder.path }
  const { world, close } = await compose(readConfig(env))
  const tail = launch(['journal', 'tail', '--event', 'refused'], { env })
  try {
    let printed = ''
    tail.stdout?.on('data', part => {
      printed += part
    })
    const refused = (requestId: string) => entry({ event: 'refused', requestId })
    await eventually(async () => {
      await world.journal.append([refused('probe')])
      return printed.includes('probe')
    })
    await world.journal.append(times(450, i => (i % 2 ? refused(`r${i}`) : entry({ requestId: `r${i}` }))))
    await world.journal.append([refused('last')])
    await eventually(async () => printed.includes('"last"'))
    const seen = printed
      .trim()
      .split('\n')
      .map(line => JSON.parse(line).request_id)
    assert.deepEqual(
      seen.filter(id => id !== 'probe'),
      [...times(225, i => `r${2 * i + 1}`), 'last'],
    )
  } finally {
    tail.kill('SIGKILL')
    await close()
  }
})
