/** Headings of the sample city: writers with the names they were born with, and a few subjects. */
import { Authority } from '../../domain/authority-records.ts'
import type { AuthorityKind } from '../../domain/authority-records.ts'
import { headingKey, textOfAuthority } from '../../domain/marc/heading-key.ts'
import { addDays, startOf } from '../../domain/words/calendar-date.ts'
import type { CalendarDate } from '../../domain/words/calendar-date.ts'

type SampleHeading = readonly [
  kind: AuthorityKind,
  name: string,
  pinyin: string,
  dates: string | null,
  variants: readonly string[],
]

// oxfmt-ignore
const plan: readonly SampleHeading[] = [
  ['person', '鲁迅', 'lu xun', '1881-1936', ['周树人', '周樟寿']],
  ['person', '老舍', 'lao she', '1899-1966', ['舒庆春', '舒舍予']],
  ['person', '巴金', 'ba jin', '1904-2005', ['李尧棠', '李芾甘']],
  ['person', '茅盾', 'mao dun', '1896-1981', ['沈德鸿', '沈雁冰']],
  ['person', '冰心', 'bing xin', '1900-1999', ['谢婉莹']],
  ['person', '曹禺', 'cao yu', '1910-1996', ['万家宝']],
  ['person', '莫言', 'mo yan', '1955-', ['管谟业']],
  ['subject', '长篇小说', 'chang pian xiao shuo', null, ['长篇故事']],
  ['subject', '计算机网络', 'ji suan ji wang luo', null, ['电脑网络']],
  ['place', '深圳', 'shen zhen', null, ['鹏城']],
]

const INDICATORS = { person: ' 0', corporate: '02', subject: '0 ', place: '  ' } as const

/** Written a month before the seed by the cataloguer of the city library. */
export const sampleAuthorities = (seedOn: CalendarDate): Authority[] =>
  plan.map(([kind, name, pinyin, dates, variants], index) => {
    const subfields = [
      { code: 'a', value: name },
      { code: '9', value: pinyin },
      ...(dates === null ? [] : [{ code: 'f', value: dates }]),
    ]
    return Authority.parse({
      id: `aut-${String(index + 1).padStart(2, '0')}`,
      kind,
      indicators: INDICATORS[kind],
      subfields,
      headingKey: headingKey(textOfAuthority({ subfields })),
      variants,
      variantKeys: variants.map(headingKey),
      seeAlso: [],
      note: null,
      revision: 1,
      savedAt: startOf(addDays(seedOn, -30)),
      staffId: 'stf-lin',
      branchId: '044005-01',
    })
  })
