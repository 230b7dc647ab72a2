/**
 * Builds one snapshot for the server, which runs this as a program of its own: the file is a desk's,
 * and so is the code that writes it (docs/decisions/0012).
 *
 *   node cli/build-snapshot.ts --rows FILE --out FILE
 *
 * `--rows`: JSON lines; the first {"scope", "cursor"}, then [kind, row]. `--out` gets the packed
 * file. Prints what the manifest says of it, one JSON object.
 */
import { closeSync, openSync, readSync, rmSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { parseArgs } from 'node:util'
import { RANGE_BYTES } from '../contract/sync-protocol.ts'
import { briefSchema, writeBriefFile } from '../db/snapshot/brief-file.ts'
import { catalogueSchema, writeCatalogueFile } from '../db/snapshot/catalogue-file.ts'
import { packFile } from '../db/snapshot/packed-file.ts'
import type { Bib, Title } from '../domain/records.ts'

const READ_BYTES = 1 << 20

function* linesOf(path: string): Generator<string> {
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(READ_BYTES)
    const decoder = new StringDecoder('utf8')
    let rest = ''
    for (;;) {
      const count = readSync(file, buffer, 0, READ_BYTES, null)
      if (count === 0) break
      const lines = (rest + decoder.write(buffer.subarray(0, count))).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
    if (rest !== '') yield rest
  } finally {
    closeSync(file)
  }
}

function* rowsOf<T>(path: string, kind?: string): Generator<T> {
  const lines = linesOf(path)
  lines.next()
  for (const line of lines) {
    const row = JSON.parse(line) as [string, unknown]
    if (kind === undefined) yield row as T
    else if (row[0] === kind) yield row[1] as T
  }
}

interface Head {
  readonly scope: 'brief' | 'catalogue'
  readonly cursor: number
}

const { values } = parseArgs({ options: { rows: { type: 'string' }, out: { type: 'string' } } })
const { rows, out } = values
if (rows === undefined || out === undefined) throw new Error('--rows FILE --out FILE')
const { scope, cursor } = JSON.parse(linesOf(rows).next().value ?? '') as Head
const raw = `${out}.raw`
rmSync(raw, { force: true })
try {
  const rowsCount =
    scope === 'brief'
      ? writeBriefFile(raw, rowsOf(rows))
      : writeCatalogueFile(raw, cursor, rowsOf<Title>(rows, 'title'), rowsOf<Bib>(rows, 'bib'))
  const packed = await packFile(raw, out, RANGE_BYTES)
  const schema = scope === 'brief' ? briefSchema : catalogueSchema()
  process.stdout.write(`${JSON.stringify({ scope, cursor, schema, rowsCount, ...packed })}\n`)
} finally {
  for (const suffix of ['', '-wal', '-shm']) rmSync(raw + suffix, { force: true })
}
