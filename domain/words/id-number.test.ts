import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'

import { coveredText, hasIdNumberForm, isIdNumber, maskedIdNumber } from './id-number.ts'

// Both stand as examples in GB 11643-1999 and its commentaries.
const male = '34052419800101001X'
const female = '11010519491231002X'

describe('D19 the number of an ID card', () => {
  test.each([
    ['with the letter X', female, true],
    ['with a small x', female.toLowerCase(), true],
    ['in groups', '340524 19800101 001X', true],
    ['in full-width digits', '１１０１０５１９４９１２３１００２Ｘ', true],
    ['another check digit', '110105194912310021', false],
    ['a day that does not exist', '110105194902300020', false],
    ['a month that does not exist', '110105194913310020', false],
    ['no region', '970105194912310020', false],
    ['the fifteen places of the first cards', '110105491231002', false],
    ['seventeen', female.slice(0, 17), false],
    ['nothing', '', false],
  ])('%s: %s is one: %s', (_says, text, isOne) => expect(isIdNumber(text)).toBe(isOne))

  it('29 February of 2000 is a day, of 1900 none', () => {
    const withCheck = (body: string) =>
      '0123456789X'.split('').filter((letter) => isIdNumber(body + letter)).length
    expect(withCheck('44030120000229001')).toBe(1)
    expect(withCheck('44030119000229001')).toBe(0)
  })

  it('any one wrong digit is noticed', () => {
    const place = fc.integer({ min: 0, max: 16 })
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 9 }), (at, by) => {
        const wrong = String((Number(male[at]) + by) % 10)
        expect(isIdNumber(male.slice(0, at) + wrong + male.slice(at + 1))).toBe(false)
      }),
    )
  })

  it('CN 5.2 is shown by its first three and last four places, right or wrong', () => {
    expect(maskedIdNumber(female)).toBe('110***********002X')
    expect(coveredText('110105 194912310021')).toBe('110***********0021')
    expect(coveredText('04400510000001')).toBe('04400510000001')
    expect(hasIdNumberForm('1101051949123100211')).toBe(false)
  })
})
