/** A Chinese book as begun: leader and coded fields of a monograph (reference/domain-cn.md 1.2, 1.4). */
import type { BibContent } from '../../../domain/cataloguing-records.ts'
import type { CalendarDate } from '../../../domain/words/calendar-date.ts'

const field = (tag: string, indicators: string, ...parts: readonly string[]) => ({
  tag,
  indicators,
  value: null,
  subfields: parts.map((part) => ({ code: part.slice(0, 1), value: part.slice(1) })),
})

export function newBook(today: CalendarDate): BibContent {
  const stamp = today.replaceAll('-', '')
  return {
    leader: '00000nam0 2200000   450 ',
    fields: [
      field('010', '  ', 'a', 'd'),
      field('100', '  ', `a${stamp}d${today.slice(0, 4)}    em y0chiy50      ea`),
      field('101', '0 ', 'achi'),
      field('102', '  ', 'aCN', 'b110000'),
      field('105', '  ', 'ay   z   000yy'),
      field('106', '  ', 'ar'),
      field('200', '1 ', 'a', '9', 'f'),
      field('210', '  ', 'a', 'c', `d${today.slice(0, 4)}`),
      field('215', '  ', 'a', 'd'),
      field('690', '  ', 'a', 'v5'),
      field('701', ' 0', 'a', '9', '4著'),
      field('801', ' 0', 'aCN', 'b', `c${stamp}`),
    ],
  }
}
