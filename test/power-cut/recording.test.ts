import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { compileRecorder, recordProgram, recordingOf, whyNotHere } from './record.ts'
import { atNormal, lyingDisk, readRecording, withoutMirror } from './recording.ts'
import type { DiskRecord, Recording } from './recording.ts'

const reason = whyNotHere()

describe.skipIf(reason !== null)(`the recorder (${reason ?? 'as it is here'})`, () => {
  let folder = ''
  let library = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'citydesk-recorder-'))
    library = compileRecorder(folder)
  })
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  /** What `script` does in `<root>`. */
  function recorded(name: string, script: string): Recording {
    const root = join(folder, name)
    const log = join(folder, `${name}.log`)
    const whole = `const fs = require('node:fs'); const root = ${JSON.stringify(root)};
      fs.mkdirSync(root); ${script}`
    const env = { ...process.env, LD_PRELOAD: library, POWER_CUT_ROOT: root, POWER_CUT_LOG: log }
    const { status, stderr } = spawnSync(process.execPath, ['-e', whole], { env })
    expect(status, String(stderr)).toBe(0)
    return readRecording(readFileSync(log))
  }

  const told = ({ records, firstNames }: Recording): string[] =>
    records.map((record) => {
      const file = 'file' in record ? ` ${firstNames[record.file]}` : ''
      if (record.op === 'write') {
        return `write${file} ${record.offset} ${record.bytes.toString('utf8')}`
      }
      if (record.op === 'resize') return `resize${file} ${record.size}`
      if (record.op === 'sync-folder') return `sync-folder '${record.folder}'`
      if (record.op === 'rename') return `rename ${record.from} ${record.path}`
      return record.op === 'ack' ? `ack ${record.line}` : `${record.op}${file}`
    })

  test('each write, size, sync and name of a file below the folder is there, in order', () => {
    const recording = recorded(
      'all',
      `fs.writeFileSync('/dev/null', 'not ours')
      const a = fs.openSync(root + '/a', 'w')
      fs.writeSync(a, 'one'); fs.writeSync(a, 'two', 10); fs.fdatasyncSync(a)
      fs.ftruncateSync(a, 4); fs.closeSync(a)
      fs.appendFileSync(root + '/a', 'three')
      fs.linkSync(root + '/a', root + '/b'); fs.unlinkSync(root + '/a')
      fs.renameSync(root + '/b', root + '/c')
      fs.writevSync(fs.openSync(root + '/c', 'r+'), [Buffer.from('x'), Buffer.from('y')])
      fs.fsyncSync(fs.openSync(root, 'r'))
      fs.writeFileSync(root + '/acks', 'done 1\\n')`,
    )
    expect(told(recording)).toEqual([
      'name a',
      'write a 0 one',
      'write a 10 two',
      'sync a',
      'resize a 4',
      'write a 4 three',
      'name a',
      'unname a',
      'rename b c',
      'write a 0 x',
      'write a 1 y',
      `sync-folder ''`,
      'name acks',
      'ack done 1',
    ])
  })

  test('a call that cannot be replayed is not passed over', () => {
    const script = `fs.writeFileSync(root + '/a', 'x'); fs.renameSync(root + '/a', root + '-gone')`
    expect(() => recorded('lost', script)).toThrow('cannot be replayed')
  })

  test('atNormal leaves the syncs that a run at NORMAL makes', async () => {
    const [full, normal] = await Promise.all(
      ['FULL', 'NORMAL'].map(async (level) =>
        recordingOf(
          await recordProgram(library, join(folder, level), 'plain-day.ts', ['300', level]),
        ),
      ),
    )
    if (full === undefined || normal === undefined) throw new Error('nothing was recorded')
    // Syncs and the pages of the database between them; commits write the same pages to the log.
    const shape = ({ records, firstNames }: Recording): string[] =>
      records.flatMap((record) => {
        if (record.op === 'sync') return [`sync ${firstNames[record.file]}`]
        const isPage = record.op === 'write' && firstNames[record.file] === 'plain.db'
        return isPage ? [`page ${record.offset}`] : []
      })
    // Opening is at FULL in both.
    const fromFirstAck = (recording: Recording): Recording => ({
      ...recording,
      records: recording.records.slice(recording.records.findIndex(({ op }) => op === 'ack')),
    })
    const made = shape(fromFirstAck(atNormal(full, 'plain.db')))
    expect(made).toEqual(shape(fromFirstAck(normal)))
    expect(made.filter((line) => line === 'sync plain.db-wal').length).toBeGreaterThan(2)
    expect(shape(fromFirstAck(full)).length - made.length).toBeGreaterThan(290)
  })
})

test('a lying disk and a lost mirror leave out what they say, and no more', () => {
  const records: DiskRecord[] = [
    { op: 'sync', file: 0 },
    { op: 'sync', file: 1 },
    { op: 'sync-folder', folder: 'home' },
  ]
  const recording = { records, firstNames: ['home/outbox.db', 'home-journal/operations-1.journal'] }
  const lying = lyingDisk(recording, (path) => path.startsWith('home/'))
  expect(lying.records).toEqual(records.slice(1))
  expect(withoutMirror(recording).records).toEqual([records[0], records[2]])
})
