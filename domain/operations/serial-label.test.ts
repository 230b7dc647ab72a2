import { describe, expect, test } from 'vitest'
import { decideOn, rowsOf, said } from '../../test/builders/decide.ts'
import {
  SUBSCRIPTION,
  arriving,
  cataloguer,
  issueOn,
  subscribed,
} from '../../test/builders/serial-work.ts'
import type { Step } from '../../test/builders/serial-work.ts'

const decided = (steps: readonly Step[], [kind, payload]: Step) =>
  said(decideOn(subscribed(...steps), kind, payload, { ...cataloguer, operationId: 'desk-b.1.1' }))

describe('a copy gets its label', () => {
  const label = (barcode: string): Step => [
    'serial.label',
    { subscription: SUBSCRIPTION, ordinal: 3, barcode },
  ]

  test('J11 an item of the title, with the issue in its call number', () => {
    const shelf = subscribed(arriving(3), label('04400550000001'))
    const [item] = rowsOf(shelf, 'item')
    expect(item).toMatchObject({
      barcode: '04400550000001',
      titleId: 'title-1',
      callNumber: 'Z62/1 2026:3',
      shelf: '报刊阅览区',
      itemType: 'periodical',
      isForLoan: true,
      priceFen: 900,
      isPlaceholder: false,
    })
    expect(issueOn(shelf, 3)?.itemIds).toEqual([item?.id])
  })

  test.each([
    ['J11 nothing came yet', [], ['impossible J11 no-copy-to-label']],
    [
      'J11 every copy has one',
      [arriving(3), label('04400550000001')],
      ['impossible J11 no-copy-to-label'],
    ],
    ['J11 a copy without', [arriving(3, 2), label('04400550000001')], []],
    [
      'J11 the label is in use',
      [arriving(3, 2), label('04400550000002')],
      ['impossible J11 barcode-taken'],
    ],
  ] as const)('%s', (_says, steps, findings) => {
    expect(decided(steps, label('04400550000002'))).toEqual(findings)
  })

  test('J11 decided again, it does not meet itself', () => {
    const shelf = subscribed(arriving(3), label('04400550000001'))
    const [kind, payload] = label('04400550000001')
    expect(
      said(decideOn(shelf, kind, payload, { ...cataloguer, operationId: 'desk-a.1.3' })),
    ).toEqual([])
  })
})
