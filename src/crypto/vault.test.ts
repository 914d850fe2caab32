import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openVault } from './vault.ts'

const vault = openVault(new Uint8Array(32).fill(7))
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

test('a sealed value has one spelling: no other last character, no padding, no foreign characters', () => {
  // Three lengths in a row, so that the last character has no, two and four bits that a decoder ignores.
  for (const text of ['a', 'ab', 'abc']) {
    const pairs = [
      { sealed: vault.seal('test', text), open: (sealed: string) => vault.open('test', sealed) },
      { sealed: vault.sealFor('secret', 'test', text), open: (s: string) => vault.openFor('secret', 'test', s) },
    ]
    for (const { sealed, open } of pairs) {
      assert.equal(open(sealed), text)
      const others = [...ALPHABET].map(last => sealed.slice(0, -1) + last).filter(other => other !== sealed)
      for (const other of [
        ...others,
        `${sealed}=`,
        `${sealed}==`,
        ` ${sealed}`,
        `${sealed}\n`,
        `${sealed}!`,
        `${sealed}A`,
      ])
        assert.equal(open(other), undefined, other)
    }
  }
})
