/** `citydesk callno sort` and `citydesk callno check`: lines on standard input. */
import { callNumberSortKey, readCallNumber } from '../../domain/words/call-number.ts'
import type { Command, CommandEnvironment } from '../command.ts'

/** More would be no list of call numbers. */
const INPUT_BYTES_MAX = 256 * 1024 * 1024

async function readLines({ stdin }: CommandEnvironment): Promise<string[]> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of stdin) {
    length += piece.length
    if (length > INPUT_BYTES_MAX) break
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

export const callnoSort: Command = {
  name: 'callno sort',
  summary: 'Sorts call numbers as they stand on the shelf (CLC).',
  help: `< LINES

JSON: { sorted: [ … ] }`,
  options: {},
  run: async (_words, _values, environment) => {
    const keyed = (await readLines(environment)).map((line) => ({
      line,
      key: callNumberSortKey(line),
    }))
    const sorted = keyed
      .toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
      .map(({ line }) => line)
    return { exit: 0, json: { sorted }, text: sorted.join('\n') }
  },
}

export const callnoCheck: Command = {
  name: 'callno check',
  summary: 'Checks the form of call numbers (CLC).',
  help: `< LINES

JSON: { lines: [{ callNumber, ok, reason }] }; exit status 1 where one is not in order.`,
  options: {},
  run: async (_words, _values, environment) => {
    const lines = (await readLines(environment)).map((callNumber) => {
      const reading = readCallNumber(callNumber)
      return { callNumber, ok: reading.ok, reason: reading.ok ? null : reading.reason }
    })
    const wrong = lines.filter(({ ok }) => !ok)
    return {
      exit: wrong.length > 0 ? 1 : 0,
      json: { lines },
      text: lines.map((line) => `${line.callNumber}\t${line.reason ?? 'ok'}`).join('\n'),
    }
  },
}
