import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { classifyScan, defaultScanPolicy, ScanPolicy } from './classify-scan.ts'
import { hasEan13CheckDigit } from './ean-13.ts'

const classify = (text: string, aim: string | null = null) =>
  classifyScan(defaultScanPolicy, { text, aim })

describe('classifyScan by Shenzhen’s default policy', () => {
  test.each([
    ['an item of the central library', '04400510000001', ']C0', 'item', '04400510000001'],
    ['an item with no symbology reported', '04413700000042', null, 'item', '04413700000042'],
    ['an item of the university town', 'F4401000000001', ']A0', 'item', 'F4401000000001'],
    ['a reader card of 13 digits', '0440050000101', ']C0', 'reader-card', '0440050000101'],
    ['an old card of eight digits', '10023456', null, 'reader-card', '10023456'],
    ['an ISBN read as EAN-13', '9787020002207', ']E0', 'isbn', '9787020002207'],
    ['an ISBN without symbology', '9787020002207', null, 'isbn', '9787020002207'],
    ['an ISBN printed in Code 128', '9787020002207', ']C0', 'isbn', '9787020002207'],
    ['an ISBN with a price add-on', '978702000220751995', ']E3', 'isbn', '9787020002207'],
    ['an ISSN of a journal', '9770001253002', ']E0', 'issn', '9770001253002'],
    ['a virtual card', 'CD:V:eyJ0IjoiMSJ9.abc', ']Q1', 'virtual-card', 'eyJ0IjoiMSJ9.abc'],
    ['a staff badge', 'CD:S:staff-007', ']Q1', 'staff-badge', 'staff-007'],
    ['a kiosk', 'CD:K:FT-0031', null, 'kiosk', 'FT-0031'],
    ['a bin', 'CD:B:12', ']C0', 'bin', '12'],
    ['an activity ticket', 'CD:T:2026-1122-88', ']Q1', 'ticket', '2026-1122-88'],
    ['an ID card', '11010519491231002X', null, 'id-card', '11010519491231002X'],
    ['an ID card in small letters', '11010519491231002x', null, 'id-card', '11010519491231002X'],
    ['full-width digits', '０４４００５００００１０１', null, 'reader-card', '0440050000101'],
    ['a suffix the scanner added', '04400510000001\r\n', null, 'item', '04400510000001'],
  ])('%s', (_name, text, aim, kind, code) => {
    expect(classify(text, aim)).toEqual({ kind, code, original: text })
  })

  test.each([
    ['a wrong check digit', '9787020002208', ']E0', 'wrong-check-digit'],
    ['ten digits of an ISBN that lost its 978', '7020002206', null, 'no-rule'],
    ['an item code that lost its leading zero', '4400510000001', null, 'no-rule'],
    ['a lower-case f (never corrected silently)', 'f4401000000001', null, 'no-rule'],
    ['only blanks', '   ', null, 'empty'],
    ['nothing', '', null, 'empty'],
    ['a NUL inside', '0440051000\u00000001', null, 'control-character'],
    ['a GS1 separator inside', '0440\u001d05', ']C1', 'control-character'],
    ['half a surrogate pair', '0440\ud800', null, 'control-character'],
    ['a megabyte', '0'.repeat(1_000_000), null, 'too-long'],
    ['an injection', "'; DROP TABLE item--", null, 'no-rule'],
    ['a LIKE pattern', '%', null, 'no-rule'],
  ])('does not know %s', (_name, text, aim, reason) => {
    expect(classify(text, aim)).toMatchObject({ kind: 'unknown', reason, original: text })
  })

  test.each([
    ['an ID card whose last place does not fit', '110105194912310021', ['id-card']],
    ['an ISBN with an add-on, misread', '978702000220851995', ['isbn', 'id-card']],
  ])('D19 says what %s nearly is', (_name, text, nearlyKinds) => {
    expect(classify(text)).toMatchObject({ reason: 'wrong-check-digit', nearlyKinds })
  })

  it('asks when a branch prints items and cards alike', () => {
    const policy = ScanPolicy.parse({
      rules: [
        ...defaultScanPolicy.rules,
        { kind: 'item', pattern: '^(\\d{8})$', aims: [']F'], check: 'none' },
      ],
    })
    expect(classifyScan(policy, { text: '10023456', aim: null })).toEqual({
      kind: 'ambiguous',
      code: '10023456',
      original: '10023456',
      kinds: ['reader-card', 'item'],
    })
    expect(classifyScan(policy, { text: '10023456', aim: ']A0' }).kind).toBe('reader-card')
  })

  it('keeps its default inside the policy schema, and refuses a pattern that does not compile', () => {
    expect(ScanPolicy.parse(defaultScanPolicy)).toEqual(defaultScanPolicy)
    const broken = { rules: [{ kind: 'item', pattern: '^($', aims: null, check: 'none' }] }
    expect(ScanPolicy.safeParse(broken).success).toBe(false)
  })

  it('answers any text with a kind and keeps the original', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 80 }),
        fc.option(fc.string({ maxLength: 3 })),
        (text, aim) => {
          expect(classify(text, aim).original).toBe(text)
        },
      ),
    )
  })
})

describe('hasEan13CheckDigit', () => {
  test.each([
    ['9787020002207', true],
    ['9787020002208', false],
    ['978702000220', false],
    ['978702000220X', false],
    ['', false],
  ])('%s → %s', (digits, expected) => {
    expect(hasEan13CheckDigit(digits)).toBe(expected)
  })
})
