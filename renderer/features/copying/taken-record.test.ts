import { describe, expect, test } from 'vitest'
import type { CopiedRecord } from '../../../contract/copy-shapes.ts'
import { aGoodRecord } from '../../../test/builders/good-record.ts'
import { emptySource, sourceExamples } from './source-examples.ts'
import { areCopyIndexes, isCopyAddress } from '../../../domain/copying/copy-wish.ts'
import { operationOf } from '../../../domain/operations/index.ts'
import { differingFields, takenRecord } from './taken-record.ts'

const came = (content: CopiedRecord['content']): CopiedRecord => ({
  profile: 'cnmarc',
  content,
  title: null,
  author: null,
  publisher: null,
  year: null,
  isbn: null,
})
const taking = { own: null, isConverted: false, protection: [], chosen: {} } as const

describe('C64 what would be taken', () => {
  test('of a new title, as it came but for its holdings', () => {
    const { profile, content } = takenRecord(came(aGoodRecord('905  $aNLC$dI565')), taking)
    expect({ profile, content }).toEqual({ profile: 'cnmarc', content: aGoodRecord() })
  })

  test('over ours, field by field, and only what differs is shown', () => {
    const own = {
      titleId: 'title-1',
      profile: 'cnmarc',
      content: aGoodRecord('215  $a1册', '690  $aI565.8$v5', '905  $aSZL$dI565'),
    } as const
    const { content, tags } = takenRecord(came(aGoodRecord('905  $aNLC$dI565')), { ...taking, own })
    expect(content).toEqual(aGoodRecord('690  $aI565.8$v5', '905  $aSZL$dI565'))
    expect(differingFields(tags).map(({ tag, rule, isChanged }) => [tag, rule, isChanged])).toEqual(
      [
        ['215', 'replace', true],
        ['690', 'fill', false],
        ['905', 'keep', false],
      ],
    )
  })

  test('what a person chose for a tag comes before the lines of the city', () => {
    const own = {
      titleId: 'title-1',
      profile: 'cnmarc',
      content: aGoodRecord('215  $a1册'),
    } as const
    const { content } = takenRecord(came(aGoodRecord()), {
      ...taking,
      own,
      chosen: { '215': 'keep' },
    })
    expect(content).toEqual(aGoodRecord('215  $a1册'))
  })

  test('in another format on demand, with what that loses', () => {
    const converted = takenRecord(came(aGoodRecord()), { ...taking, isConverted: true })
    expect(converted.profile).toBe('marc21')
    expect(converted.content.fields.map(({ tag }) => tag)).toContain('245')
    expect(converted.lostFields).toEqual([...new Set(converted.lostFields)])
  })

  test('over ours of another format, it is turned into ours', () => {
    const own = { titleId: 'title-1', profile: 'marc21', content: aGoodRecord() } as const
    const { profile, content } = takenRecord(came(aGoodRecord()), { ...taking, own })
    expect(profile).toBe('marc21')
    expect(content.fields.map(({ tag }) => tag)).toContain('245')
  })
})

test.each(Object.entries(sourceExamples))('C60 the example %s could be saved', (_name, example) => {
  expect(isCopyAddress(example)).toBe(true)
  expect(areCopyIndexes(example)).toBe(true)
  const { payload } = operationOf('copying.save-target')
  expect(payload.safeParse({ ...example, of: null }).success).toBe(true)
  expect(payload.safeParse({ ...emptySource, of: null }).success).toBe(false)
})
