import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gifSize, jpegSize, pngSize, webpSize } from './picture-size.ts'

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex')

test('the size of a picture is read from its header, for each type', () => {
  const png = hex('89504e470d0a1a0a 0000000d 49484452 00000280 000001e0 0806000000')
  assert.deepEqual(pngSize(png), { width: 640, height: 480 })
  assert.deepEqual(gifSize(hex('474946383961 8002 e001 000000')), { width: 640, height: 480 })
  const app0 = 'ffe0 0010 4a46494600010100000100010000'
  for (const sof of ['c0', 'c2', 'cf'])
    assert.deepEqual(jpegSize(hex(`ffd8 ${app0} ffff${sof} 0011 08 01e0 0280 03`)), { width: 640, height: 480 })
  const riff = (chunk: string, data: string) =>
    Buffer.concat([hex('52494646 00000000 57454250'), Buffer.from(chunk), hex('00000000'), hex(data), Buffer.alloc(8)])
  assert.deepEqual(webpSize(riff('VP8X', '00000000 7f0200 df0100')), { width: 640, height: 480 })
  assert.deepEqual(webpSize(riff('VP8 ', '000000 9d012a 8002 e001')), { width: 640, height: 480 })
  const lossless = Buffer.alloc(4)
  lossless.writeUInt32LE(639 + (479 << 14))
  assert.deepEqual(webpSize(riff('VP8L', `2f${lossless.toString('hex')}`)), { width: 640, height: 480 })
})

test('a header that ends early, or a type of WebP that nobody knows, has no size', () => {
  for (const size of [pngSize, gifSize, jpegSize, webpSize]) {
    assert.equal(size(Buffer.alloc(0)), undefined)
    assert.equal(size(Buffer.from('ffd8ff', 'hex')), undefined)
  }
  assert.equal(jpegSize(hex('ffd8 ffe0 ffff 00 00 00 00 00 00 00')), undefined)
  assert.equal(jpegSize(hex('ffd8 ffd9 0000 00 00 00 00 00 00')), undefined)
  assert.equal(webpSize(Buffer.concat([hex('52494646 00000000 57454250'), Buffer.alloc(40)])), undefined)
})
