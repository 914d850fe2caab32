import assert from 'node:assert/strict'
import { BlockList } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import { inNetworks, networkOf, parseAddress, parseNetwork, parseNode } from './networks.ts'

const family = (address: string) => (address.includes(':') ? 'ipv6' : 'ipv4')
const address = fc.oneof(fc.ipV4(), fc.ipV6())
const network = fc
  .oneof(fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })), fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })))
  .filter(([start]) => parseAddress(start)?.includes(':') === start.includes(':'))

test('an address has one spelling, however it is written', () => {
  fc.assert(
    fc.property(address, text => {
      const canonical = parseAddress(text)
      assert.ok(canonical !== undefined)
      assert.equal(parseAddress(canonical), canonical)
      assert.equal(parseAddress(text.toUpperCase()), canonical)
      for (const spelling of [`${text}%eth0`, `[${text}]`, `[${text}]:443`, `"[${text}]:_hidden"`])
        if (text.includes(':')) assert.equal(parseNode(spelling), canonical, spelling)
    }),
  )
  fc.assert(
    fc.property(fc.ipV4(), fc.integer({ min: 0, max: 65_535 }), (text, port) => {
      for (const spelling of [
        `::ffff:${text}`,
        `[::FFFF:${text}]`,
        `${text}:${port}`,
        `"${text}:${port}"`,
        ` ${text}\t`,
      ])
        assert.equal(parseNode(spelling), text, spelling)
    }),
  )
})

test('what names no address is none: words, obfuscated names, old spellings of C libraries, garbage', () => {
  const none = [
    '',
    ' ',
    'unknown',
    '_hidden',
    '_SEVKISEK',
    'localhost',
    '127.1',
    '0x7f.0.0.1',
    '010.0.0.1',
    '1.2.3.4.5',
  ]
  const broken = ['1.2.3.256', '1.2.3.4:x', '1.2.3.4:', '[1.2.3.4]', '[::1', '::1]', '1::2::3', '1.2.3.4,5.6.7.8']
  const hostile = ['\u0000', '<b>', '1.2.3.4\r\nX: y', '"', '""', '[]', '%', '::1%', '"1.2.3.4', '1'.repeat(5000)]
  for (const text of [...none, ...broken, ...hostile]) assert.equal(parseNode(text), undefined, JSON.stringify(text))
})

test('membership is that of the system, and an IPv4 address is the same one in its IPv6 form', () => {
  fc.assert(
    fc.property(address, network, (ip, [start, bits]) => {
      const canonical = parseAddress(ip) as string
      const list = new BlockList()
      list.addSubnet(start, bits, family(start))
      const expected = family(canonical) === family(start) && list.check(canonical, family(canonical))
      assert.equal(inNetworks(ip, [`${start}/${bits}`]), expected)
      assert.equal(inNetworks(start, [`${start}/${bits}`]), true, 'the block holds its start')
    }),
  )
  assert.equal(inNetworks('::ffff:10.1.2.3', ['10.0.0.0/8']), true)
  assert.equal(inNetworks('10.1.2.3', ['::ffff:10.0.0.0/104']), true)
  assert.equal(inNetworks('10.1.2.3', ['::/0']), false)
  assert.equal(inNetworks('unknown', ['0.0.0.0/0', '::/0']), false)
})

test('networks are written down in one spelling, and what is none is refused', () => {
  assert.equal(parseNetwork('10.1.2.3/8'), '10.0.0.0/8')
  assert.equal(parseNetwork('2001:DB8:0:1::1/32'), '2001:db8::/32')
  assert.equal(parseNetwork('::ffff:192.0.2.7'), '192.0.2.7')
  assert.equal(parseNetwork('::FFFF:192.0.2.0/120'), '192.0.2.0/24')
  for (const text of [
    '10.0.0.0/33',
    '::/129',
    '10/8',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    'fe80::1%eth0/64',
    '[::1]/128',
    '/8',
  ])
    assert.equal(parseNetwork(text), undefined, text)
})

test('places are told apart by /24 and /48, households by what is asked for', () => {
  assert.equal(networkOf('::ffff:203.0.113.9'), '203.0.113.0/24')
  assert.equal(networkOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1::/48')
  assert.equal(networkOf('2001:db8:1:2:3:4:5:6', { ipv4: 32, ipv6: 64 }), '2001:db8:1:2::/64')
})
