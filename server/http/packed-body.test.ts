import { randomBytes } from 'node:crypto'
import { brotliCompressSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { expect, test } from 'vitest'

import { packedAnswer, unpacked } from './packed-body.ts'

const body = Buffer.from(JSON.stringify({ protocol: 2, text: randomBytes(4_000).toString('hex') }))

test.each([
  ['plain', body, {}],
  ['zstd', zstdCompressSync(body), { 'content-encoding': 'zstd' }],
  ['gzip', gzipSync(body), { 'content-encoding': 'gzip' }],
])('%s comes out as it went in', async (_says, wire, headers) => {
  expect((await unpacked(wire, headers)).equals(body)).toBe(true)
})

test.each([
  ['brotli', brotliCompressSync(body), 'br', 'bad-request'],
  ['two at once', zstdCompressSync(gzipSync(body)), 'gzip, zstd', 'bad-request'],
  ['what is not packed', body, 'zstd', 'bad-request'],
  ['a broken frame', zstdCompressSync(body).subarray(0, 900), 'zstd', 'bad-request'],
  ['512 MB of zeros', zstdCompressSync(Buffer.alloc(64 << 20)), 'zstd', 'too-large'],
  ['512 MB of zeros, gzip', gzipSync(Buffer.alloc(64 << 20)), 'gzip', 'too-large'],
  ['zeros that just fit', zstdCompressSync(Buffer.alloc(15 << 20)), 'zstd', 'too-large'],
])('%s is refused', async (_says, wire, encoding, refusal) => {
  await expect(unpacked(wire, { 'content-encoding': encoding })).rejects.toMatchObject({ refusal })
})

test('an answer is packed for those who can read it, where it is worth it', async () => {
  const answer = body.toString('utf8')
  const packed = await packedAnswer(answer, { 'accept-encoding': 'gzip, deflate, zstd' })
  expect(packed === null ? '' : zstdDecompressSync(packed).toString('utf8')).toBe(answer)
  expect(await packedAnswer(answer, { 'accept-encoding': 'gzip' })).toBeNull()
  expect(await packedAnswer('{"small":true}', { 'accept-encoding': 'zstd' })).toBeNull()
})
