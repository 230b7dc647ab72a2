import type { itemEditZh } from './item-edit-zh-CN.ts'

export const itemEditEn: typeof itemEditZh = {
  actions: 'Cataloguing',
  edit: 'Edit item',
  barcode: 'Replace barcode',
  withdraw: 'Withdraw',
  newBarcode: 'Scan the new label; the old one still finds the book',
  reason: 'Why it is withdrawn; said where it turns up',
}
