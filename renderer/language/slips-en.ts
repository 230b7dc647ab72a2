import type { slipsZh } from './slips-zh-CN.ts'

export const slipsEn: typeof slipsZh = {
  title: 'Receipts and slips',
  kind: {
    'loan-receipt': 'Loan receipt',
    'return-receipt': 'Return receipt',
    'hold-slip': 'Hold slip',
    'transit-slip': 'Transit slip',
    'payment-receipt': 'Payment receipt',
    'refund-receipt': 'Refund receipt',
  },
  in: { zh: 'Text in Chinese', en: 'Text in English' },
  names: 'Names to use:',
  unknownName: 'There is no name “{{name}}”: change or remove it.',
  notClosed: 'A bracket or a list is not closed: look at the braces.',
  save: 'Save for the city',
  saved: 'Saved',
  try: 'Print one to try',
  shipped: 'Back to the shipped text',
  printReceipt: 'Print receipt',
  printSlip: 'Print slip',
  reprint: 'Print again',
  reprintSlip: 'Print the slip again',
}
