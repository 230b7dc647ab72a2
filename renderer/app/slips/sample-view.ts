/** A believable slip to look at while its text is being written. */
import type { SlipKind } from '../../../domain/slip-records.ts'
import type { SlipView } from './slip-text.ts'

const desk = {
  library: '福田区图书馆',
  branch: '福田总馆',
  date: '2026-11-22',
  time: '10:05',
  staff: '陈静',
}
const item = { title: '平凡的世界', barcode: '04400510000001', callNumber: 'I247.5/123' }

const money = {
  ...desk,
  desk: 'A',
  number: 'A 1.23',
  reader: '张**',
  card: '0440…0101',
  tender: '现金',
}

const views: Record<SlipKind, SlipView> = {
  'loan-receipt': {
    ...desk,
    reader: '张**',
    card: '0440…0101',
    count: '2',
    loans: [
      { title: item.title, barcode: item.barcode, dueOn: '2026-12-23' },
      { title: '活着', barcode: '04400510000002', dueOn: '2026-12-23' },
    ],
  },
  'return-receipt': {
    ...desk,
    count: '1',
    fees: '¥0.90',
    returns: [{ title: item.title, barcode: item.barcode, fee: '¥0.90' }],
  },
  'hold-slip': { ...desk, ...item, reader: '张**', card: '…0103', keepUntil: '2026-11-24', to: '' },
  'transit-slip': { ...desk, ...item, to: '南山区图书馆' },
  'payment-receipt': {
    ...money,
    fees: [
      { cause: '超期', title: item.title, barcode: item.barcode, amount: '¥0.90' },
      { cause: '电子标签', title: '', barcode: '', amount: '¥5.00' },
    ],
    sum: '¥5.90',
    given: '¥10.00',
    change: '¥4.10',
    owed: '¥0.00',
  },
  'refund-receipt': {
    ...money,
    fees: [{ cause: '丢失', title: item.title, barcode: item.barcode, amount: '¥5.90' }],
    sum: '¥5.90',
    note: '图书已找回',
  },
}

export const sampleView = (kind: SlipKind): SlipView => views[kind]
