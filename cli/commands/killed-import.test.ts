/** The program is killed in the middle of its work, and asked for the same again. */
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { writeRecord } from '../../domain/marc/iso2709-writer.ts'
import type { MarcRecord } from '../../domain/marc/marc-record.ts'
import { textEncoder } from '../../main/engine/import/text-decoders.ts'

const program = join(import.meta.dirname, '../citydesk.mjs')
const folder = mkdtempSync(join(tmpdir(), 'citydesk-killed-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const own = join(folder, 'home')
const env = { ...process.env, CITYDESK_HOME: own, CITYDESK_KEYS: join(folder, 'keys') }

interface Ended {
  readonly stderr: string
  readonly json: unknown
}

function run(args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [program, ...args, '--json'], { env }, (error, stdout, stderr) => {
      if (error !== null) reject(error)
      else resolve({ stderr, json: JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') })
    })
  })
}

const bytesOf = (record: MarcRecord): Uint8Array => {
  const written = writeRecord(record, textEncoder('utf-8'))
  if ('refused' in written) throw new Error(written.refused.reason)
  return written.bytes
}

describe('an import that is killed', () => {
  it('goes on where it was: nothing lost, nothing twice', async () => {
    const RECORDS = 2500
    // Without numbers: what came in twice would be there twice.
    const numberless = (number: number): MarcRecord => ({
      leader: '00000nam0 2200000   450 ',
      fields: [
        { tag: '200', indicators: '1 ', subfields: [{ code: 'a', value: `第${number}册` }] },
      ],
    })
    const many = join(folder, 'many.mrc')
    const pieces = Array.from({ length: RECORDS }, (_, number) => bytesOf(numberless(number)))
    writeFileSync(many, Buffer.concat(pieces))
    await killedAtFirstProgress(['import', many])
    const again = await run(['import', many])
    expect(again.json).toMatchObject({ read: RECORDS, imported: RECORDS, updated: 0, refused: [] })
    const { resumed } = again.json as { resumed: number }
    expect(resumed).toBeGreaterThan(0)
    expect(resumed).toBeLessThan(RECORDS)
    expect(again.stderr).not.toContain('%')
    const out = join(folder, 'many-out.mrc')
    const exported = await run(['export', '--out', out])
    expect(exported.json).toMatchObject({ exported: RECORDS })
    // Brought to its end, it is no longer gone on with.
    const third = await run(['import', many])
    expect(third.json).toMatchObject({ imported: RECORDS, resumed: 0 })
  }, 120_000)

  function killedAtFirstProgress(args: readonly string[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [program, ...args], { env, detached: true })
      let told = ''
      child.stderr.on('data', (text) => {
        told += String(text)
        // The program that was started starts another: both go, as when the power does.
        if (/\d %, \d+ records, .* left/.test(told)) process.kill(-(child.pid ?? 0), 'SIGKILL')
      })
      child.on('exit', (code) =>
        code === null ? resolve() : reject(new Error(`it came to its end: ${told}`)),
      )
    })
  }
})
