import { expect, test } from 'vitest'
import { BRANCH, NOW, theCity } from '../../test/builders/city.ts'
import { openMemoryStorage } from '../storage/memory/memory-storage.ts'
import { createEnrolmentCode, partsOfCode } from './enrolment-code.ts'

test('a code reads the same however it is typed', () => {
  const parts = partsOfCode('A0B1-CDEF-GHJK')
  expect(parts?.label).toBe('A0B1')
  for (const typed of ['a0b1cdefghjk', ' AOBI-CDEF-GHJK ', 'aobl cdef ghjk']) {
    expect(partsOfCode(typed)).toEqual(parts)
  }
  expect(partsOfCode('A0B1-CDEF-GHJM')?.secretHash).not.toBe(parts?.secretHash)
})

test.each(['', 'A0B1-CDEF-GHJ', 'A0B1-CDEF-GHJK-M', 'A0B1-CDEF-GHJU'])('%j is no code', (typed) => {
  expect(partsOfCode(typed)).toBeNull()
})

test('codes are made for branches that are there, and differ', async () => {
  const storage = openMemoryStorage('epoch-1')
  await storage.seed(theCity(), false)
  const desk = { branchId: BRANCH, deskName: '一号台' }
  const codes = await Promise.all(
    Array.from({ length: 50 }, () => createEnrolmentCode(storage, desk, NOW)),
  )
  expect(new Set(codes).size).toBe(50)
  for (const code of codes)
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
  await expect(createEnrolmentCode(storage, { ...desk, branchId: 'gone' }, NOW)).rejects.toThrow(
    'no branch gone',
  )
})
