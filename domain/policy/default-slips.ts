/** What is printed until a library writes its own. 32 letters or 16 hanzi fit on a line of 80 mm. */
import type { SlipKind, SlipTemplate } from '../slip-records.ts'

const line = '--------------------------------'

const texts: Record<SlipKind, { readonly zh: readonly string[]; readonly en: readonly string[] }> =
  {
    'loan-receipt': {
      zh: [
        '{{library}} {{branch}}',
        '借书凭条  {{date}} {{time}}',
        '读者 {{reader}}  证 {{card}}',
        line,
        '{{#loans}}',
        '{{title}}',
        '  {{barcode}}  应还 {{dueOn}}',
        '{{/loans}}',
        line,
        '共 {{count}} 册。请按时归还，可续借一次。',
      ],
      en: [
        '{{library}}, {{branch}}',
        'Loans  {{date}} {{time}}',
        'Reader {{reader}}  Card {{card}}',
        line,
        '{{#loans}}',
        '{{title}}',
        '  {{barcode}}  due {{dueOn}}',
        '{{/loans}}',
        line,
        '{{count}} in all. One renewal is possible.',
      ],
    },
    'return-receipt': {
      zh: [
        '{{library}} {{branch}}',
        '还书凭条  {{date}} {{time}}',
        line,
        '{{#returns}}',
        '{{title}}',
        '  {{barcode}}  {{fee}}',
        '{{/returns}}',
        line,
        '共还 {{count}} 册。费用 {{fees}}',
      ],
      en: [
        '{{library}}, {{branch}}',
        'Returns  {{date}} {{time}}',
        line,
        '{{#returns}}',
        '{{title}}',
        '  {{barcode}}  {{fee}}',
        '{{/returns}}',
        line,
        '{{count}} returned. Fees {{fees}}',
      ],
    },
    'hold-slip': {
      zh: [
        '预约  {{date}} {{time}}',
        '{{reader}}  {{card}}',
        line,
        '{{title}}',
        '{{barcode}}  {{callNumber}}',
        '{{#keepUntil}}',
        '保留至 {{keepUntil}}',
        '{{/keepUntil}}',
      ],
      en: [
        'HOLD  {{date}} {{time}}',
        '{{reader}}  {{card}}',
        line,
        '{{title}}',
        '{{barcode}}  {{callNumber}}',
        '{{#keepUntil}}',
        'Kept until {{keepUntil}}',
        '{{/keepUntil}}',
      ],
    },
    'transit-slip': {
      zh: [
        '调拨单',
        '送往：{{to}}',
        line,
        '{{title}}',
        '{{barcode}}  {{callNumber}}',
        '自 {{branch}}  {{date}} {{time}}',
      ],
      en: [
        'TRANSIT',
        'To: {{to}}',
        line,
        '{{title}}',
        '{{barcode}}  {{callNumber}}',
        'From {{branch}}  {{date}} {{time}}',
      ],
    },
  }

export const defaultSlip = (id: SlipKind): SlipTemplate => ({
  id,
  zh: texts[id].zh.join('\n'),
  en: texts[id].en.join('\n'),
})
