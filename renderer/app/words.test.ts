import { describe, expect, test } from 'vitest'
import { startLanguage } from '../language/language.ts'
import { ageInWords, clockTime, maskedPhone, wordsOfFinding } from './words.ts'

const { t } = startLanguage('zh-CN')

test('a finding is told in words, with its money and names', () => {
  const late = wordsOfFinding(t, 'zh-CN', {
    code: 'returned-late',
    params: { days: 3, feeFen: 90 },
  })
  expect(late.what).toBe('超期 3 天，超期费 ¥0.90。')
  const params = { branchZh: '福田区图书馆', branchEn: 'Futian' }
  expect(wordsOfFinding(t, 'zh-CN', { code: 'belongs-elsewhere', params }).what).toBe(
    '这册书属于 福田区图书馆。',
  )
  expect(
    wordsOfFinding(startLanguage('en').t, 'en', { code: 'belongs-elsewhere', params }).what,
  ).toBe('This item belongs to Futian.')
})

test('a kind of loan is named', () => {
  const finding = { code: 'class-limit-reached', params: { loanClass: 'av', count: 2, limit: 2 } }
  expect(wordsOfFinding(t, 'zh-CN', finding).what).toBe('已借音像资料 2 册，上限 2 册。')
})

test('a state of a newer version shows no code', () => {
  const words = wordsOfFinding(t, 'zh-CN', { code: 'brand-new', params: {} })
  expect(JSON.stringify(words)).not.toContain('brand-new')
})

describe('masks', () => {
  test.each([
    ['13812345678', '138****5678'],
    ['8888', '****88'],
  ])('phone %s', (phone, shown) => expect(maskedPhone(phone)).toBe(shown))
})

test('times are those of the city', () => {
  expect(clockTime(Date.UTC(2026, 10, 22, 16, 5))).toBe('00:05')
  expect(ageInWords(t, 30_000)).toBe('刚刚更新')
  expect(ageInWords(t, 3 * 3_600_000)).toBe('3 小时前')
  expect(ageInWords(t, 72 * 3_600_000)).toBe('3 天前')
})
