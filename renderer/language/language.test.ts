import { describe, expect, test } from 'vitest'
import { Failure } from '../../contract/desk-api.ts'
import { operationKinds } from '../../domain/operations/index.ts'
import { ExceptionKind } from '../../domain/records.ts'
import { refusals } from '../../domain/refusals.ts'
import { languages, startLanguage } from './language.ts'

type Leaf = readonly [path: string, text: string]
function leavesOf(words: object, path = ''): Leaf[] {
  return Object.entries(words).flatMap(([name, value]): Leaf[] => {
    const here = path === '' ? name : `${path}.${name}`
    return typeof value === 'string' ? [[here, value]] : leavesOf(value as object, here)
  })
}
const slots = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, slot]) => slot ?? '').toSorted()

const zh = new Map(leavesOf(languages['zh-CN']))
const en = new Map(leavesOf(languages.en))

test('both languages have the same words, none empty', () => {
  expect([...en.keys()].toSorted()).toEqual([...zh.keys()].toSorted())
  expect([...zh, ...en].filter(([, text]) => text.trim() === '')).toEqual([])
  expect(zh.size).toBeGreaterThan(500)
})

test('both languages name the same parameters', () => {
  const different = [...zh].filter(
    ([path, text]) => slots(text).join() !== slots(en.get(path) ?? '').join(),
  )
  expect(different).toEqual([])
})

test('the English words hold no hanzi', () => {
  expect([...en].filter(([, text]) => /\p{Script=Han}/u.test(text))).toEqual([])
})

/** Names of formats, keys and numbers that Chinese desks call by their Latin letters. */
const latin =
  /ISO 2709|Koha|\.koc|Evergreen|pending\.xacts|MARCXML|CNMARC|UNIMARC|MARC21|MARC-8|UTF-8|GB18030|GBK|Big5|ISO 5426|Windows-1252|ISBN|HID POS|SRU|Z39\.50|LDR|9XX|ZIP|TAR|7Z|RAR|BZIP2|GZIP|XZ|PDF|JSON|MarcEdit|Aleph|MARC/g

test('the Chinese words hold no English', () => {
  const english = [...zh].filter(([, text]) =>
    /[A-Za-z]/.test(text.replace(/\$t\([^)]*\)|\{\{\w+\}\}/g, '').replace(latin, '')),
  )
  expect(english).toEqual([])
})

test.each(['zh-CN', 'en'] as const)('%s says something of every refusal and failure', (name) => {
  const { t } = startLanguage(name)
  for (const refusal of refusals) {
    for (const part of ['title', 'what', 'why', 'next'] as const) {
      expect(t(`refusal.${refusal}.${part}`)).not.toContain('refusal.')
    }
  }
  for (const failure of Failure.options)
    expect(t(`failure.${failure}.next`)).not.toContain('failure.')
})

describe.each(['zh-CN', 'en'] as const)('%s names', (name) => {
  const words = languages[name]
  test.each(operationKinds)('the operation %s', (kind) => {
    expect(words.today.kind).toHaveProperty([kind])
  })
  test.each(ExceptionKind.options)('the exception %s', (kind) => {
    expect(words.exceptions.kind).toHaveProperty([kind])
  })
})
