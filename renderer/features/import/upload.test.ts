import { expect, test } from 'vitest'
import type { Desk } from '../../../contract/desk-api.ts'
import { queries } from '../../../contract/queries.ts'
import { PIECE_BYTES, remainingMs, toBase64 } from '../../app/file-pieces.ts'
import { upload } from './upload.ts'

const options = { format: 'auto', profile: 'auto', encoding: 'auto', isDryRun: false } as const

/** A Desk that keeps what it was sent. */
function deskKeeping() {
  const pieces: Buffer[] = []
  const isLasts: boolean[] = []
  const desk: Desk = {
    perform: () => Promise.reject(new Error('not asked for here')),
    ask: (_query, question) => {
      const ask = queries['import-upload'].ask.parse(question)
      const piece = Buffer.from(ask.chunkBase64, 'base64')
      pieces.push(piece)
      isLasts.push(ask.isLast)
      const receivedBytes = ask.offset + piece.length
      return Promise.resolve({ receivedBytes, jobId: ask.isLast ? 'job-1' : null })
    },
    watch: () => () => undefined,
  }
  return { desk, pieces, isLasts }
}

test.each([1, PIECE_BYTES, PIECE_BYTES + 1, 3 * PIECE_BYTES])(
  '%i bytes arrive whole',
  async (size) => {
    const bytes = Uint8Array.from({ length: size }, (_, at) => at % 251)
    const { desk, pieces, isLasts } = deskKeeping()
    const sent: number[] = []
    const jobId = await upload({
      desk,
      file: new File([bytes], '书目.mrc'),
      options,
      uploadId: 'upload-01',
      onProgress: (count) => sent.push(count),
      isCancelled: () => false,
    })
    expect(jobId).toBe('job-1')
    expect(Buffer.concat(pieces).equals(Buffer.from(bytes))).toBe(true)
    expect(isLasts.filter(Boolean)).toHaveLength(1)
    expect(sent.at(-1)).toBe(size)
  },
)

test('a cancelled upload sends no last piece', async () => {
  const { desk, isLasts } = deskKeeping()
  const jobId = await upload({
    desk,
    file: new File([new Uint8Array(3 * PIECE_BYTES)], 'a.mrc'),
    options,
    uploadId: 'upload-02',
    onProgress: () => undefined,
    isCancelled: () => isLasts.length === 2,
  })
  expect(jobId).toBeNull()
  expect(isLasts).toEqual([false, false])
})

test('base64 of every byte', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, at) => at)
  expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
})

test.each([
  [0, 100, 5000, null],
  [50, 100, 100, null],
  [50, 100, 2000, 2000],
  [100, 100, 2000, 0],
])('%i of %i bytes after %i ms: %s ms to go', (done, total, elapsed, left) => {
  expect(remainingMs(done, total, elapsed)).toBe(left)
})
