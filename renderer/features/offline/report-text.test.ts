import { describe, expect, test } from 'vitest'
import type { OfflineFile, OfflineRow } from '../../../contract/offline-shapes.ts'
import { startLanguage } from '../../language/language.ts'
import { reportCsv, reportText, whyOf } from './report-text.ts'

const words = { t: startLanguage('zh-CN').t, language: 'zh-CN' }
const aRow = (parts: Partial<OfflineRow> = {}): OfflineRow => ({
  line: 4,
  is: 'check-out',
  outcome: 'recorded-broken',
  barcode: '04400510000001',
  card: '0440050000101',
  amountFen: null,
  happenedAt: Date.parse('2026-11-22T10:20:00+08:00'),
  reason: null,
  findings: [],
  operationId: 'desk-a.1.1',
  ...parts,
})
const aFile = (rows: OfflineRow[]): OfflineFile => ({
  fileId: 'offline-file-1',
  name: '窗口.koc',
  state: 'done',
  refusal: null,
  isCutOff: false,
  linesCount: 2,
  checkOutsCount: 1,
  checkInsCount: 0,
  renewalsCount: 0,
  usesCount: 0,
  paymentsCount: 1,
  paymentsFen: 250,
  counts: {
    fits: 0,
    clashes: 0,
    recorded: 1,
    'recorded-broken': 1,
    repeated: 0,
    'not-taken': 0,
    unusable: 0,
  },
  firstAt: null,
  lastAt: null,
  unknownBarcodes: { count: 0, first: [] },
  unknownCards: { count: 0, first: [] },
  repeatedSince: null,
  doneCount: 2,
  rows,
  rowsCount: rows.length,
  startedAt: 1,
  endedAt: Date.parse('2026-11-23T09:00:00+08:00'),
})

describe('why a line is to be looked at', () => {
  const finding = {
    level: 'override' as const,
    code: 'unknown-item',
    rule: 'L1',
    params: {},
    permission: null,
    needsSecondPerson: false,
    exception: null,
  }
  test.each([
    [
      'a broken rule',
      { findings: [finding, { ...finding, level: 'note' as const }] },
      '条码查不到',
    ],
    ['what we know a sentence for', { is: 'unusable' as const, reason: 'time' }, '日期或时间不对'],
    ['the word of the file', { is: 'not-taken' as const, reason: 'fly' }, '本机不办这一种（fly）'],
    [
      'a word of every object',
      { is: 'not-taken' as const, reason: 'constructor' },
      '本机不办这一种（constructor）',
    ],
  ])('%s', (_says, parts, expected) => {
    expect(whyOf(words, aRow(parts))).toBe(expected)
  })
})

test('on paper: the file, its counts, and each row', () => {
  const text = reportText(words, aFile([aRow()]))
  expect(text).toContain('窗口.koc\n2026-11-23 09:00')
  expect(text).toContain('缴款 1  ¥2.50')
  expect(text).toContain('已记入，成例外 1')
  expect(text).toContain('行 4  借出  已记入，成例外\n  04400510000001 · 0440050000101')
})

test('in a spreadsheet a cell of the file is text, never a formula', () => {
  const csv = reportCsv(words, aFile([aRow({ barcode: '=HYPERLINK("http://x")', card: null })]))
  const [head, row] = csv.split('\r\n')
  expect(head).toBe('\ufeff行,时间,办理,条码 · 证号,结果,说明')
  expect(row).toContain(`"'=HYPERLINK(""http://x"")"`)
})
