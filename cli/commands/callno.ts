/** `citydesk callno sort` and `citydesk callno check`: lines on standard input. */
import { CLC_ORDER, callNumberSortKey, readCallNumber } from '../../domain/words/call-number.ts'
import type { CallNumberFault, ShelfOrder } from '../../domain/words/call-number.ts'
import { UnusableInput, choice } from '../command.ts'
import type { Command, CommandEnvironment } from '../command.ts'

/** More would be no list of call numbers. */
const INPUT_BYTES_MAX = 256 * 1024 * 1024

interface NumberedLine {
  /** From 1, blank lines counted, as an editor shows it. */
  readonly lineNumber: number
  readonly line: string
}

async function readLines({ stdin }: CommandEnvironment): Promise<NumberedLine[]> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of stdin) {
    length += piece.length
    if (length > INPUT_BYTES_MAX) {
      throw new UnusableInput(`more than ${INPUT_BYTES_MAX} bytes: no list of call numbers`)
    }
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ lineNumber: index + 1, line: line.trim() }))
    .filter(({ line }) => line !== '')
}

const FAULT_WORDS: Readonly<Record<CallNumberFault, string>> = {
  empty: 'there is no call number',
  'too-long': 'longer than 200 characters',
  'control-character': 'holds a control character',
  'class-letter': 'the class does not begin with a letter of the classification',
  'class-point': 'the point of the class is not behind each third digit',
  'class-syntax': 'a sign in the class has no partner or nothing behind it',
  'book-syntax': 'the book number holds a character that has no place on the shelf',
}

/** The shelf order does not see the points, nor capitals: only what has no place is refused. */
function shelfFault(line: string): CallNumberFault | null {
  const reading = readCallNumber(line.toUpperCase())
  return reading.ok || reading.reason === 'class-point' ? null : reading.reason
}

const compareText = (one: string, other: string): number => (one < other ? -1 : Number(one > other))

export const callnoSort: Command = {
  name: 'callno sort',
  summary: 'Sorts call numbers as they stand on the shelf (CLC).',
  help: `[--class-letters by-letter|by-length] [--book-signs clc|edition-first] < LINES

--class-letters by-length   TP312X before TP312AL (by-letter: behind it)
--book-signs edition-first  S623(2) before S623-2(1) (clc: behind it)

JSON: { sorted: [ … ], refused: [{ lineNumber, callNumber, reason, says }] }; exit status 1 where a
line has no place on the shelf.`,
  options: { 'class-letters': { type: 'string' }, 'book-signs': { type: 'string' } },
  run: async (_words, values, environment) => {
    const order: ShelfOrder = {
      classLetters: choice(
        values,
        'class-letters',
        ['by-letter', 'by-length'],
        CLC_ORDER.classLetters,
      ),
      bookSigns: choice(values, 'book-signs', ['clc', 'edition-first'], CLC_ORDER.bookSigns),
    }
    const keyed: { line: string; key: string }[] = []
    const refused = []
    for (const { lineNumber, line } of await readLines(environment)) {
      const reason = shelfFault(line)
      if (reason === null) keyed.push({ line, key: callNumberSortKey(line, order) })
      else refused.push({ lineNumber, callNumber: line, reason, says: FAULT_WORDS[reason] })
    }
    const sorted = keyed
      .toSorted((a, b) => compareText(a.key, b.key) || compareText(a.line, b.line))
      .map(({ line }) => line)
    for (const { lineNumber, callNumber, says } of refused) {
      environment.log(`line ${lineNumber}: ${callNumber}: ${says}`)
    }
    return {
      exit: refused.length > 0 ? 1 : 0,
      json: { sorted, refused },
      text: sorted.join('\n'),
    }
  },
}

export const callnoCheck: Command = {
  name: 'callno check',
  summary: 'Checks the form of call numbers (CLC).',
  help: `< LINES

JSON: { lines: [{ callNumber, ok, reason }] }; exit status 1 where one is not in order.`,
  options: {},
  run: async (_words, _values, environment) => {
    const lines = (await readLines(environment)).map(({ line: callNumber }) => {
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
