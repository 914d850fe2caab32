import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { command, emptyFolder } from '../kit/command.ts'

test('bash completes nouns, verbs and options from the table of commands', async () => {
  await using folder = await emptyFolder()
  const script = join(folder.path, 'claviger.bash')
  writeFileSync(script, (await command(['completion', 'bash'])).stdout)
  /** What a real bash offers behind these words; the last one is being typed. */
  const offered = (...words: string[]): string[] => {
    const typed = ['claviger', ...words].map(word => `'${word}'`).join(' ')
    const lines = `source ${script}; COMP_WORDS=(${typed}); COMP_CWORD=${words.length}; _claviger; printf '%s\\n' "\${COMPREPLY[@]}"`
    return execFileSync('bash', ['--norc', '-c', lines], { encoding: 'utf8' }).trim().split('\n').sort()
  }
  assert.deepEqual(offered('us'), ['usage', 'user'])
  assert.deepEqual(offered('signing-key', ''), ['list', 'ls', 'remove', 'rm', 'rotate'])
  assert.deepEqual(offered('app', 'secret', ''), ['rotate'])
  assert.deepEqual(offered('token', 'create', '--e'), ['--expires'])
  assert.deepEqual(offered('token', 'new', '--e'), ['--expires'])
  assert.deepEqual(offered('user', 'delete', 'ada', '--d'), ['--data-dir', '--dry-run'])
  assert.deepEqual(offered('user', 'list', '-o', 'j'), ['json', 'jsonl'])
  assert.deepEqual(offered('--json', 'gate', 'cr'), ['create'])
  assert.deepEqual(offered('zzz'), [''])
})

test('the scripts for zsh and fish know every noun and its verbs', async () => {
  for (const shell of ['zsh', 'fish']) {
    const { stdout, code } = await command(['completion', shell])
    assert.equal(code, 0)
    for (const word of ['signing-key', 'second-factor', '--dry-run'])
      assert.ok(stdout.includes(word), `${shell}: ${word}`)
  }
})
