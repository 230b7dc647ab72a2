/** What the desk prints on 80 mm paper, as text that a library may change. */
import { z } from 'zod'
import { PlainText } from './words/plain-text.ts'

/** A receipt goes with the reader, a slip with the item. */
export const SlipKind = z.enum([
  'loan-receipt',
  'return-receipt',
  'hold-slip',
  'transit-slip',
  'payment-receipt',
  'refund-receipt',
])
export type SlipKind = z.infer<typeof SlipKind>
export const slipKinds = SlipKind.options

const Text = PlainText(4_000)

/** Mustache text (`{{name}}`, `{{#loans}}…{{/loans}}`) in both languages of the desk. */
export const SlipTemplate = z.strictObject({ id: SlipKind, zh: Text, en: Text })
export type SlipTemplate = z.infer<typeof SlipTemplate>

/** What each slip can name; within a list, what each of its lines can. */
export interface SlipFields {
  readonly plain: readonly string[]
  readonly list: { readonly name: string; readonly fields: readonly string[] } | null
}

const desk = ['library', 'branch', 'date', 'time', 'staff']

/** `number` finds the operation in the log of its desk; `tender` is empty where nobody said. */
const money = [...desk, 'desk', 'number', 'reader', 'card', 'sum', 'tender']
const fees = { name: 'fees', fields: ['cause', 'title', 'barcode', 'amount'] }

export const slipFields: Record<SlipKind, SlipFields> = {
  'loan-receipt': {
    plain: [...desk, 'reader', 'card', 'count'],
    list: { name: 'loans', fields: ['title', 'barcode', 'dueOn'] },
  },
  'return-receipt': {
    plain: [...desk, 'count', 'fees'],
    list: { name: 'returns', fields: ['title', 'barcode', 'fee'] },
  },
  'hold-slip': {
    plain: [...desk, 'reader', 'card', 'title', 'barcode', 'callNumber', 'keepUntil', 'to'],
    list: null,
  },
  'transit-slip': { plain: [...desk, 'to', 'title', 'barcode', 'callNumber'], list: null },
  'payment-receipt': { plain: [...money, 'given', 'change', 'owed'], list: fees },
  'refund-receipt': { plain: [...money, 'note'], list: fees },
}
