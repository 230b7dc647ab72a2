import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it, test } from 'vitest'

import { OFFLINE_BYTES_MAX, OFFLINE_LINES_MAX, lineIdOf, readOfflineFile } from './offline-file.ts'

const header = 'Version=1.0\tGenerator=kocPHP\tGeneratorVersion=0.7'
const issue = '2026-07-22 10-15-30 000\tissue\t0440050000101\t04400510000001'
const back = '2026-07-22 10-16-02 000\treturn\t04400510000001'
const payment = '2026-07-22 10-17-45 000\tpayment\t0440050000101\t5.00'
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (text: string) => readOfflineFile(bytesOf(text))
const kinds = (text: string) => {
  const file = read(text)
  return 'lines' in file ? file.lines.map(({ line, read: { is } }) => `${line} ${is}`) : file
}

describe('what is no file of a desk', () => {
  it.each([
    ['nothing at all', '', 'empty'],
    ['blank lines', '\n \r\n\t\n', 'empty'],
    ['a header alone', header, 'empty'],
    ['a letter', '尊敬的读者：\n您好', 'not-offline-file'],
    ['a list of barcodes', '04400510000001\n04400510000002\n', 'not-offline-file'],
    ['JSON of something else', '{"patrons": []}\n', 'not-offline-file'],
    ['a version to come', `Version=2.0\tGenerator=kocDesktop\n${issue}`, 'koc-version'],
    ['UTF-16', `${header}\n${issue}`.split('').join('\0'), 'not-offline-file'],
    ['too many lines', `${back}\n`.repeat(OFFLINE_LINES_MAX + 2), 'too-many-lines'],
  ])('%s', (_says, text, refusal) => {
    expect(read(text)).toEqual({ refusal })
  })
  it('too many bytes', () => {
    expect(readOfflineFile(new Uint8Array(OFFLINE_BYTES_MAX + 1))).toEqual({ refusal: 'too-large' })
  })
  it('bytes of a picture', () => {
    const bytes = Uint8Array.from({ length: 4_096 }, (_, at) => (at * 7) % 256)
    expect(readOfflineFile(bytes)).toEqual({ refusal: 'not-offline-file' })
  })
})

test('line ends of three systems in one file, and no end at the last', () => {
  expect(kinds(`\ufeff${header}\r\n${issue}\n${back}\r\r\n${payment}`)).toEqual([
    '2 check-out',
    '3 check-in',
    '5 payment',
  ])
})

test('one bad line does not spoil the others', () => {
  expect(kinds(`${header}\n${issue}\ngarbled\n${back}\n`)).toEqual([
    '2 check-out',
    '3 unusable',
    '4 check-in',
  ])
})

test('a line of a book is not read', () => {
  const long = `2026-07-22 10-16-02 000\treturn\t${'x'.repeat(30_000)}`
  expect(read(`${issue}\n${long}\n`)).toMatchObject({
    lines: [{ line: 1 }, { line: 2, read: { is: 'unusable', reason: 'line-too-long' } }],
  })
})

test.each([
  ['in the middle of a line', `${issue}\n2026-07-22 10-1`, true],
  ['of JSON', `${JSON.stringify({ timestamp: 1, type: 'checkin', barcode: 'x' })}\n{"time`, true],
  ['nowhere', `${issue}\n${back}\n`, false],
  ['at the end of a line', `${issue}\n${back}`, false],
  ['nowhere, but for rubbish', `${issue}\nrubbish\n`, false],
])('cut off %s', (_says, text, isCutOff) => {
  expect(read(text)).toMatchObject({ isCutOff })
})

test('a line is the same whatever stands around it', () => {
  expect(new Set([back, `${back}\r`, `\ufeff${back}`, ` ${back} `].map(lineIdOf)).size).toBe(1)
  expect(lineIdOf(back)).not.toBe(lineIdOf(issue))
})

const shared = join(import.meta.dirname, '../../../../shared/data/koc')
describe.skipIf(!existsSync(shared))(`published files (skipped where ${shared} is absent)`, () => {
  it.each([
    ['desktop-readme-example.koc', 3],
    ['koha-wiki-example.koc', 6],
  ])('%s', (name, count) => {
    const file = readOfflineFile(readFileSync(join(shared, name)))
    expect(file).toMatchObject({ isCutOff: false })
    expect('lines' in file ? file.lines.map(({ read: { is } }) => is) : []).toHaveLength(count)
  })
})
