import { ADDED_ITEMS_MAX } from '../../../domain/operations/add-items.ts'
import { ItemBarcode, normaliseBarcode } from '../../../domain/words/barcode.ts'
import { barcodeRun, barcodeRunLength } from '../../../domain/words/barcode-run.ts'

export interface Typed {
  readonly first: string
  readonly count: string
  readonly last: string
}

/** Why nothing of it goes on the list: a key of the dictionary and what its sentence names. */
export interface Trouble {
  readonly key: 'notALabel' | 'noRun' | 'tooMany' | 'onList'
  readonly params: Readonly<Record<string, string | number>>
}

export type Labels =
  | { readonly barcodes: readonly string[]; readonly trouble: null }
  | { readonly barcodes: null; readonly trouble: Trouble }

const refused = (key: Trouble['key'], params: Trouble['params'] = {}): Labels => ({
  barcodes: null,
  trouble: { key, params },
})

/** The list with what was scanned or typed behind it; a last label goes before a count. */
export function labelsWith(list: readonly string[], typed: Typed): Labels {
  const first = normaliseBarcode(typed.first)
  const last = normaliseBarcode(typed.last)
  for (const label of last === '' ? [first] : [first, last]) {
    if (label === '' || !ItemBarcode.safeParse(label).success) {
      return refused('notALabel', { text: label })
    }
  }
  const count = last === '' ? Number(typed.count || 1) : barcodeRunLength(first, last)
  if (count === null || !Number.isInteger(count) || count < 1) return refused('noRun')
  if (list.length + count > ADDED_ITEMS_MAX) return refused('tooMany', { max: ADDED_ITEMS_MAX })
  const run = barcodeRun(first, count)
  if (run === null) return refused('noRun')
  const known = new Set(list)
  const twice = run.find((barcode) => known.has(barcode))
  if (twice !== undefined) return refused('onList', { barcode: twice })
  return { barcodes: [...list, ...run], trouble: null }
}
