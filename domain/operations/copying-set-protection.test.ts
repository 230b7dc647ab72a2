import { describe, expect, test } from 'vitest'
import { aShelf, decideOn, performOn, said } from '../../test/builders/decide.ts'
import { reviewer } from '../../test/builders/draft-work.ts'
import { defaultProtection } from '../copying/default-protection.ts'

describe('protection of fields', () => {
  const { lines } = defaultProtection('cnmarc')
  const first = { profile: 'cnmarc', revision: 0, lines: lines.slice(1) }

  test('C64 the first of the city stands upon the shipped one', () => {
    expect(decideOn([], 'copying.set-protection', first, reviewer)).toMatchObject({
      findings: [],
      changes: [{ put: 'field-protection', row: { id: 'cnmarc', revision: 1 } }],
    })
  })

  test('C61 two desks that changed it apart: the later one covers nothing', () => {
    const shelf = aShelf([])
    performOn(shelf, 'copying.set-protection', first, reviewer)
    expect(said(decideOn(shelf, 'copying.set-protection', first, reviewer))).toEqual([
      'impossible C61 protection-changed',
    ])
  })
})
