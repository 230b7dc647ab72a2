/** `citydesk perform` and `citydesk ask`, as whole programs on a home of their own. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const program = resolve(import.meta.dirname, '..', 'citydesk.mjs')
const folder = mkdtempSync(join(tmpdir(), 'citydesk-perform-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function citydesk(args: readonly string[], input = ''): { exit: number | null; json: unknown } {
  const ran = spawnSync(
    process.execPath,
    [program, ...args, '--json', '--home', join(folder, 'home')],
    { input, encoding: 'utf8', env: { ...process.env, CITYDESK_KEYS: join(folder, 'keys') } },
  )
  const last = ran.stdout.trim().split('\n').at(-1) ?? ''
  return { exit: ran.status, json: last === '' ? null : JSON.parse(last) }
}

const register = (card: string): string =>
  JSON.stringify({
    kind: 'reader.register',
    payload: {
      card,
      name: '陈堃',
      category: 'lidu',
      bornOn: '1990-05-01',
      phone: null,
      idNumberHash: null,
      guardianReaderId: null,
      hasGuardianConsent: false,
      note: null,
    },
  })

test('each line has its outcome and changes; a refused one stops no other', () => {
  const lines = [register('0440050000998'), register('0440050000998'), 'not json', '']
  const { exit, json } = citydesk(['perform', '-'], lines.join('\n'))
  expect(exit).toBe(1)
  expect(json).toMatchObject({
    done: 1,
    refused: 2,
    lines: [
      { line: 1, outcome: 'done', changes: [{ put: 'reader' }] },
      { line: 2, outcome: 'refused', verdict: [{ code: 'card-number-taken', rule: 'D1' }] },
      { line: 3, outcome: 'unusable', id: null, changes: [] },
    ],
  })
})

test('what was done is there when asked, and whole', () => {
  const question = JSON.stringify({ card: '0440050000998', readerId: null, loansLimit: 5 })
  const asked = citydesk(['ask', 'reader-card', question])
  expect(asked).toMatchObject({ exit: 0, json: { reader: { name: '陈堃' }, loansCount: 0 } })
  expect(citydesk(['verify'])).toMatchObject({
    exit: 0,
    json: { operations: 1, chainBroken: null, auditBroken: null },
  })
})

test.each([
  ['an unknown question', ['ask', 'drop-table']],
  ['a question with a wrong field', ['ask', 'reader-card', '{"card":1}']],
  ['no file', ['perform']],
])('%s is unusable: exit status 2', (_name, args) => {
  expect(citydesk(args).exit).toBe(2)
})
