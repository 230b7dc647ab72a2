import { execFile } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { lockHome } from '../db/home-lock.ts'
import { writeRecord } from '../domain/marc/iso2709-writer.ts'
import type { MarcRecord } from '../domain/marc/marc-record.ts'
import { textEncoder } from '../main/engine/import/text-decoders.ts'

const program = join(import.meta.dirname, 'citydesk.mjs')
const shared = join(import.meta.dirname, '../../shared/data')
let folder: string
let home: string
let file: string

interface Ended {
  readonly exit: number | string | null
  readonly stdout: string
  readonly stderr: string
  /** The last line of standard output. */
  readonly json: unknown
}

function run(args: readonly string[], stdin = ''): Promise<Ended> {
  return new Promise((resolve) => {
    const env = { ...process.env, CITYDESK_HOME: home, CITYDESK_KEYS: join(folder, 'keys') }
    const child: ChildProcess = execFile(
      process.execPath,
      [program, ...args],
      { env, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const last = stdout.trimEnd().split('\n').at(-1) ?? ''
        const json: unknown = args.includes('--json') && last !== '' ? JSON.parse(last) : null
        resolve({ exit: error === null ? 0 : (error.code ?? null), stdout, stderr, json })
      },
    )
    child.stdin?.end(stdin)
  })
}

const aRecord = (number: number, title: string, barcode: string): MarcRecord => ({
  leader: '00000nam0 2200000   450 ',
  fields: [
    { tag: '001', value: `cn${number}` },
    { tag: '101', indicators: '0 ', subfields: [{ code: 'a', value: 'chi' }] },
    { tag: '200', indicators: '1 ', subfields: [{ code: 'a', value: title }] },
    {
      tag: '905',
      indicators: '  ',
      subfields: [
        { code: 'b', value: barcode },
        { code: 'd', value: 'I247.57' },
        { code: 'e', value: String(number) },
      ],
    },
  ],
})

const bytesOf = (record: MarcRecord): Uint8Array => {
  const written = writeRecord(record, textEncoder('utf-8'))
  if ('refused' in written) throw new Error(written.refused.reason)
  return written.bytes
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-cli-'))
  home = join(folder, 'home')
  file = join(folder, 'three.mrc')
  const broken = Buffer.from(bytesOf(aRecord(3, '坏的', '04400500000003')))
  broken.write('9999999999', 30, 'latin1')
  writeFileSync(
    file,
    Buffer.concat([
      bytesOf(aRecord(1, '活着', '04400500000001')),
      broken,
      bytesOf(aRecord(2, '许三观卖血记', '04400500000002')),
    ]),
  )
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the contract of every command', () => {
  it('--help lists what exists', async () => {
    const { exit, stdout } = await run(['--help'])
    expect(exit).toBe(0)
    for (const name of ['import', 'export', 'search', 'marc convert', 'marc lint', 'callno sort']) {
      expect(stdout).toContain(`  ${name} `)
    }
  })
  it('--help of a command says how it is used', async () => {
    const { exit, stdout } = await run(['marc', 'convert', '--help'])
    expect([exit, stdout]).toEqual([0, expect.stringContaining('--crosswalk marc21|cnmarc')])
  })
  it.each([
    ['an unknown command', ['fly']],
    ['an unknown option', ['search', 'x', '--fly']],
    ['a missing argument', ['search']],
    ['a missing option', ['marc', 'convert', 'x.mrc', '--to', 'marcxml']],
    ['a word that an option does not know', ['import', 'x.mrc', '--format', 'csv']],
    ['a limit out of bounds', ['search', 'x', '--limit', '0']],
    ['a file that is not there', ['marc', 'lint', 'nowhere.mrc']],
  ])('2 for %s', async (_name, args) => {
    const { exit, json, stderr } = await run([...args, '--json'])
    expect(exit).toBe(2)
    expect(json).toEqual({ error: expect.any(String) })
    expect(stderr).not.toContain('    at ')
  })
  it('3 for a folder in use', async () => {
    const lock = lockHome(home)
    const { exit, json } = await run(['search', 'x', '--json'])
    lock.release()
    expect([exit, json]).toEqual([3, { error: expect.stringContaining('locked') }])
  })
  it('4 for damaged storage of which nothing else is kept', async () => {
    const damaged = join(folder, 'damaged')
    expect((await run(['search', 'x', '--home', damaged])).exit).toBe(0)
    writeFileSync(join(damaged, 'outbox.db'), Buffer.alloc(8192, 0x55))
    rmSync(`${damaged}-journal`, { recursive: true })
    expect((await run(['search', 'x', '--home', damaged])).exit).toBe(4)
  })
})

describe('verify', () => {
  const afterDamage = async (name: string) => {
    const broken = join(folder, `broken-${name}`)
    await run(['import', file, '--home', broken])
    expect((await run(['verify', '--home', broken])).exit).toBe(0)
    const path = join(broken, name)
    const bytes = readFileSync(path)
    bytes.fill(0x55, bytes.length - 8_000, bytes.length - 100)
    writeFileSync(path, bytes)
    return run(['verify', '--home', broken, '--json'])
  }

  it.each(['outbox.db', 'catalogue.db'])(
    'reads every page: 4 for a broken one in %s',
    async (name) => {
      const { exit, json } = await afterDamage(name)
      expect([exit, json]).toEqual([4, { error: expect.stringContaining('damaged') }])
    },
  )
  it('puts a broken replica aside and fills it again', async () => {
    const { exit, json } = await afterDamage('replica.db')
    expect([exit, json]).toMatchObject([0, { operations: 1, unsent: 1 }])
    const [aside] = readdirSync(join(folder, 'broken-replica.db', 'quarantine'))
    expect(aside).toMatch(/-replica\.db$/)
  })
  it('makes a ruined outbox anew from its mirror', async () => {
    const ruined = join(folder, 'ruined')
    await run(['import', file, '--home', ruined])
    writeFileSync(join(ruined, 'outbox.db'), Buffer.alloc(8192, 0x55))
    const { exit, json } = await run(['verify', '--home', ruined, '--json'])
    expect([exit, json]).toMatchObject([0, { operations: 1, unsent: 1, chainBroken: null }])
  })
})

describe('import, search, export', () => {
  it('a dry run makes no desk', async () => {
    const none = join(folder, 'none')
    const { exit, json } = await run(['import', file, '--dry-run', '--home', none, '--json'])
    expect(existsSync(none)).toBe(false)
    expect([exit, json]).toEqual([1, expect.objectContaining({ read: 3, imported: 0, items: 0 })])
  })
  it('imports, and names what it refused', async () => {
    const { exit, json } = await run(['import', file, '--json'])
    expect(exit).toBe(1)
    expect(json).toEqual({
      read: 3,
      imported: 2,
      updated: 0,
      recovered: 0,
      items: 2,
      resumed: 0,
      refused: [
        {
          record: 2,
          offset: expect.any(Number),
          reason: expect.any(String),
          message: expect.stringMatching(/^[A-Z]/),
          messageZh: expect.stringMatching(/\p{Script=Han}/u),
        },
      ],
    })
  })
  it('updates by control number and leaves items alone', async () => {
    const { json, stderr } = await run(['import', file, '--json'])
    expect(json).toMatchObject({ imported: 0, updated: 2, items: 0 })
    expect(stderr).toContain('barcode-taken (04400500000001)')
  })
  it('finds by pinyin, with the call number', async () => {
    const { exit, json } = await run(['search', 'xusanguan', '--json'])
    expect([exit, json]).toEqual([
      0,
      {
        total: 1,
        spelledAs: null,
        rows: [
          {
            id: expect.any(String),
            title: '许三观卖血记',
            author: null,
            year: null,
            isbn: null,
            callNumber: 'I247.57/2',
          },
        ],
        ms: expect.any(Number),
      },
    ])
  })
  it('finds by barcode', async () => {
    const { json } = await run(['search', '04400500000001', '--json'])
    expect(json).toMatchObject({ rows: [{ title: '活着' }] })
  })
  it.each([
    ['iso2709', 'utf-8'],
    ['iso2709', 'gb18030'],
    ['marcxml', 'utf-8'],
    ['marcxml', 'gb18030'],
  ])('exports %s in %s that imports again', async (format, encoding) => {
    const out = join(folder, `${format}.${encoding}`)
    const args = ['--format', format, '--encoding', encoding, '--out', out, '--json']
    const { exit, json } = await run(['export', ...args])
    expect([exit, json]).toMatchObject([0, { file: out, exported: 2, refused: [], unknown: [] }])
    const again = await run(['import', out, '--dry-run', '--json'])
    expect(again.json).toMatchObject({ read: 2, refused: [] })
  })
  it('exports what a query finds', async () => {
    const out = join(folder, 'one.xml')
    const { json } = await run([
      'export',
      '--query',
      '活着',
      '--format',
      'marcxml',
      '--out',
      out,
      '--json',
    ])
    expect(json).toMatchObject({ exported: 1, refused: [], unknown: [] })
    expect(readFileSync(out, 'utf8')).toContain('活着')
  })
})

describe('a desk of its own', () => {
  it.each(['replica.db', 'catalogue.db'])('outlives the loss of %s', async (lost) => {
    const own = join(folder, `own-${lost}`)
    await run(['import', file, '--home', own])
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(own, lost + suffix), { force: true })
    const { exit, json } = await run(['search', '04400500000001', '--home', own, '--json'])
    expect([exit, json]).toEqual([0, expect.objectContaining({ total: 1 })])
    const again = await run(['import', file, '--home', own, '--json'])
    expect(again.json).toMatchObject({ imported: 0, updated: 2, items: 0 })
  })
  it('2 for a server that is not there', async () => {
    const own = join(folder, 'nowhere')
    const args = ['--server', 'http://127.0.0.1:9', '--enrol-code', 'AAAA-BBBB-CCCC', '--once']
    const { exit, json, stderr } = await run(['sync', '--home', own, ...args, '--json'])
    expect([exit, json]).toEqual([2, { error: expect.any(String) }])
    expect(stderr).not.toContain('    at ')
  })
})

describe('marc', () => {
  it('converts, and keeps nothing of a file it could not finish', async () => {
    const out = join(folder, 'converted.xml')
    const { exit, json } = await run([
      'marc',
      'convert',
      file,
      '--to',
      'marcxml',
      '--out',
      out,
      '--json',
    ])
    expect(exit).toBe(1)
    expect(json).toMatchObject({ read: 3, written: 2, losses: [] })
    const failed = await run(['marc', 'convert', 'nowhere', '--to', 'marcxml', '--out', `${out}2`])
    expect(failed.exit).toBe(2)
    expect(existsSync(`${out}2`)).toBe(false)
    expect(existsSync(`${out}2.part`)).toBe(false)
  })
  it('crosses over to MARC21 and lists the losses', async () => {
    const out = join(folder, 'crossed.mrc')
    const args = ['--to', 'iso2709', '--crosswalk', 'marc21', '--out', out, '--json']
    const { json } = await run(['marc', 'convert', file, ...args])
    expect(json).toMatchObject({ written: 2 })
    const lint = await run(['import', out, '--dry-run', '--profile', 'marc21', '--json'])
    expect(lint.json).toMatchObject({ read: 2, refused: [] })
  })
  it('lints', async () => {
    const { exit, json } = await run(['marc', 'lint', file, '--json'])
    expect(exit).toBe(1)
    const { records } = json as { records: { record: number; findings: unknown[] }[] }
    expect(records.map(({ record }) => record)).toEqual([1, 2, 3])
    expect(records[0]?.findings[0]).toMatchObject({
      rule: expect.stringMatching(/^M\d\d$/),
      severity: expect.stringMatching(/^(error|warning)$/),
      field: expect.any(String),
      message: expect.any(String),
    })
  })
})

describe('callno', () => {
  it('sorts as on the shelf', async () => {
    const { exit, json } = await run(['callno', 'sort', '--json'], 'TP312/2\nI247.5/10\nI247.5/2\n')
    const sorted = ['I247.5/2', 'I247.5/10', 'TP312/2']
    expect([exit, json]).toEqual([0, { sorted, refused: [] }])
  })
  it('sorts in the order that the library chose', async () => {
    const lines = 'TP312AL\nTP312X\nO13/S623-2(1)\nO13/S623(2)\n'
    const chosen = ['--class-letters', 'by-length', '--book-signs', 'edition-first']
    expect((await run(['callno', 'sort', ...chosen, '--json'], lines)).json).toMatchObject({
      sorted: ['O13/S623(2)', 'O13/S623-2(1)', 'TP312X', 'TP312AL'],
    })
    expect((await run(['callno', 'sort', '--json'], lines)).json).toMatchObject({
      sorted: ['O13/S623-2(1)', 'O13/S623(2)', 'TP312AL', 'TP312X'],
    })
  })
  it('refuses what has no place on the shelf by its line, and sorts the rest', async () => {
    const lines = '\ufefftp312/2\r\n\r\n21.2/3\r\nI2475/1\r\nI247.5(/2\r\n'
    const { exit, json, stderr } = await run(['callno', 'sort', '--json'], lines)
    expect([exit, json]).toMatchObject([
      1,
      {
        sorted: ['I2475/1', 'tp312/2'],
        refused: [
          { lineNumber: 3, callNumber: '21.2/3', reason: 'class-letter' },
          { lineNumber: 5, callNumber: 'I247.5(/2', reason: 'class-syntax' },
        ],
      },
    ])
    expect(stderr).toContain('line 3: 21.2/3: the class does not begin with a letter')
  })
  it('checks, and ends with 1 where a line is wrong', async () => {
    const { exit, json } = await run(['callno', 'check', '--json'], 'I247.5/10\nI2475/10\n')
    expect([exit, json]).toEqual([
      1,
      {
        lines: [
          { callNumber: 'I247.5/10', ok: true, reason: null },
          { callNumber: 'I2475/10', ok: false, reason: 'class-point' },
        ],
      },
    ])
  })
})

describe.skipIf(!existsSync(shared))(`real files (skipped where ${shared} is absent)`, () => {
  it('every record of cnmarc and marc21 comes in and goes out again', async () => {
    const names = [
      'cnmarc/bnu10.cnmarc.gb18030.mrc',
      'marc21/RDA_record_DVD_Jorge_Mautner.mrc',
      'marc21/RDA_record_SERIAL_IEEE_International_conference.mrc',
      'marc21/jazz_1k.mrc',
      'marc21/lul_fre_500.mrc',
      'marc21/oss.marc',
      'marc21/badisbns.xml',
      'marc21/serials_marc21.xml',
    ]
    const real = join(folder, 'real')
    const paths = names.map((name) => join(shared, name))
    const imported = await run(['import', ...paths, '--home', real, '--json'])
    expect(imported.json).toMatchObject({ read: 1571, refused: [] })
    const { imported: made, updated } = imported.json as { imported: number; updated: number }
    expect(made + updated).toBe(1571)
    const out = join(folder, 'real.mrc')
    const args = ['--format', 'iso2709', '--encoding', 'utf-8', '--out', out]
    const exported = await run(['export', '--home', real, ...args, '--json'])
    expect(exported.json).toMatchObject({ exported: made, refused: [], unknown: [] })
  }, 60_000)
})
