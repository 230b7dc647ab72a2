import type { SlipKind } from '../../domain/slip-records.ts'

export const slipsZh = {
  title: '凭条与单据',
  kind: {
    'loan-receipt': '借书凭条',
    'return-receipt': '还书凭条',
    'hold-slip': '预约单',
    'transit-slip': '调拨单',
    'payment-receipt': '收款凭条',
    'refund-receipt': '退款凭条',
  } satisfies Record<SlipKind, string>,
  in: { zh: '中文的文字', en: '英文的文字' },
  names: '可用的名称：',
  unknownName: '没有“{{name}}”这个名称，请改正或删去。',
  notClosed: '有括号或列表没有结束，请检查大括号。',
  save: '保存，全市使用',
  saved: '已保存',
  try: '试打一张',
  shipped: '恢复原文',
  printReceipt: '打印凭条',
  printSlip: '打印单据',
  reprint: '补打凭条',
  reprintSlip: '再打夹条',
}
