/**
 * The libraries of the sample city: the codes are Shenzhen's (reference/domain-cn.md 2.5), the
 * service points and opening days are ours.
 */
import type { Branch, Calendar, Library } from '../../domain/records.ts'
import type { SorterBin } from '../../domain/policy/sorter-bins.ts'
import { addDays } from '../../domain/words/calendar-date.ts'
import type { CalendarDate } from '../../domain/words/calendar-date.ts'
import { BranchId, CalendarId, LibraryId } from '../../domain/words/ids.ts'

type LibraryRow = readonly [code: string, nameZh: string, nameEn: string, district: string]

export const libraryRows = [
  ['044005', '深圳图书馆', 'Shenzhen Library', '福田区'],
  ['044006', '南山图书馆', 'Nanshan Library', '南山区'],
  ['044007', '宝安图书馆', "Bao'an Library", '宝安区'],
  ['044008', '福田图书馆', 'Futian Library', '福田区'],
  ['044009', '盐田图书馆', 'Yantian Library', '盐田区'],
  ['044010', '罗湖图书馆', 'Luohu Library', '罗湖区'],
  ['044120', '龙岗图书馆', 'Longgang Library', '龙岗区'],
  ['044132', '光明图书馆', 'Guangming Library', '光明区'],
  ['044136', '坪山图书馆', 'Pingshan Library', '坪山区'],
  ['044137', '龙华图书馆', 'Longhua Library', '龙华区'],
  ['F44010', '深圳大学城图书馆', 'University Town Library of Shenzhen', '南山区'],
] as const satisfies readonly LibraryRow[]

export type LibraryCode = (typeof libraryRows)[number][0]

/** `<code>-01` is always the main house. */
type BranchRow = readonly [id: string, nameZh: string, nameEn: string]

const communityRows: readonly BranchRow[] = [
  ['044005-02', '深圳图书馆北馆', 'Shenzhen Library, North House'],
  ['044005-03', '莲花北社区服务点', 'Lianhuabei Community Library'],
  ['044005-04', '市民中心城市书房', 'Civic Centre City Study'],
  ['044006-02', '粤海街道图书馆', 'Yuehai Subdistrict Library'],
  ['044006-03', '蛇口海上书房', 'Shekou Seaside Study'],
  ['044006-04', '西丽社区图书馆', 'Xili Community Library'],
  ['044007-02', '新安街道图书馆', "Xin'an Subdistrict Library"],
  ['044007-03', '西乡社区图书馆', 'Xixiang Community Library'],
  ['044008-02', '香蜜湖街道图书馆', 'Xiangmihu Subdistrict Library'],
  ['044008-03', '景田社区图书馆', 'Jingtian Community Library'],
  ['044009-02', '沙头角智慧书房', 'Shatoujiao Study'],
  ['044009-03', '梅沙灯塔书房', 'Meisha Lighthouse Study'],
  ['044010-02', '东门悠图书馆', 'Dongmen Library'],
  ['044010-03', '翠竹社区图书馆', 'Cuizhu Community Library'],
  ['044120-02', '布吉街道图书馆', 'Buji Subdistrict Library'],
  ['044120-03', '坂田社区图书馆', 'Bantian Community Library'],
  ['044132-02', '公明街道图书馆', 'Gongming Subdistrict Library'],
  ['044136-02', '坑梓街道图书馆', 'Kengzi Subdistrict Library'],
  ['044137-02', '民治街道图书馆', 'Minzhi Subdistrict Library'],
  ['044137-03', '观澜社区图书馆', 'Guanlan Community Library'],
  ['F44010-02', '大学城自助借还点', 'University Town Self-service Point'],
]

const everyDay = [1, 2, 3, 4, 5, 6, 7]
const closedOnMondays = [2, 3, 4, 5, 6, 7]

/** Weekdays the houses open; what is not named here opens every day. */
const weekdaysByLibrary = new Map<string, number[]>([
  ['044005', closedOnMondays],
  ['044006', closedOnMondays],
  ['044007', closedOnMondays],
  ['044009', [1, 3, 4, 5, 6, 7]],
  ['044120', closedOnMondays],
  ['044136', closedOnMondays],
])

/** Days from the seed day on which a house stays shut: a festival in sight, a typhoon behind. */
const closedDaysByLibrary = new Map<string, readonly number[]>([
  ['044005', [-96, 40, 41]],
  ['044006', [-96, 40]],
  ['044009', [-96, -95, 40]],
  ['044137', [12]],
  ['F44010', [40, 41, 42]],
])

const bin = (name: string, to: SorterBin['to'], parts: Partial<SorterBin> = {}): SorterBin => ({
  bin: name,
  to,
  toBranchId: null,
  ownerLibraryId: null,
  itemType: null,
  shelfBegins: null,
  ...parts,
})

/** Its sorter takes 2,000 items an hour (reference/domain-cn.md 4.8); the bins are ours. */
const baoanBins: SorterBin[] = [
  bin('1', 'hold-shelf'),
  bin('2', 'shelf', { itemType: 'av' }),
  bin('3', 'shelf'),
  bin('4', 'transit', { ownerLibraryId: '044007' }),
  bin('5', 'transit'),
  bin('6', null),
]

export const sampleLibraries: readonly Library[] = libraryRows.map(
  ([code, nameZh, nameEn, district]) => ({
    id: LibraryId.parse(code),
    nameZh,
    nameEn,
    district,
    sorterBins: code === '044007' ? baoanBins : [],
  }),
)

const calendarIdOf = (code: string) => CalendarId.parse(`cal-${code}`)

const mainRows = libraryRows.map(([code, nameZh, nameEn]): BranchRow => [
  `${code}-01`,
  nameZh,
  nameEn,
])

export const sampleBranches: readonly Branch[] = [...mainRows, ...communityRows]
  .toSorted(([one], [other]) => (one < other ? -1 : 1))
  .map(([id, nameZh, nameEn]) => ({
    id: BranchId.parse(id),
    libraryId: LibraryId.parse(id.slice(0, 6)),
    nameZh,
    nameEn,
    calendarId: calendarIdOf(id.slice(0, 6)),
    kind: 'library',
    servedByBranchId: null,
  }))

/** In the street, near the house whose staff load them. Names and places are invented. */
const kioskRows: readonly (readonly [...BranchRow, servedBy: string])[] = [
  ['044005-k1', '红荔路口自助图书馆', 'Hongli Road Corner Self-Service Library', '044005-01'],
  ['044005-k2', '笔架山东门自助图书馆', 'Bijia Hill East Gate Self-Service Library', '044005-02'],
  ['044006-k1', '后海地铁站自助图书馆', 'Houhai Metro Station Self-Service Library', '044006-01'],
]

export const sampleKiosks: readonly Branch[] = kioskRows.map(([id, nameZh, nameEn, servedBy]) => ({
  id: BranchId.parse(id),
  libraryId: LibraryId.parse(id.slice(0, 6)),
  nameZh,
  nameEn,
  calendarId: calendarIdOf(id.slice(0, 6)),
  kind: 'kiosk',
  servedByBranchId: BranchId.parse(servedBy),
}))

/** One calendar per library; its branches keep the same days. */
export const sampleCalendars = (seedOn: CalendarDate): readonly Calendar[] =>
  libraryRows.map(([code]) => ({
    id: calendarIdOf(code),
    openWeekdays: weekdaysByLibrary.get(code) ?? everyDay,
    hours: everyDay.map((weekday) => ({
      weekday,
      opensAtMinute: 9 * 60,
      // Friday and Saturday evenings are short.
      closesAtMinute: weekday === 5 || weekday === 6 ? 18 * 60 : 21 * 60,
    })),
    closedOn: (closedDaysByLibrary.get(code) ?? []).map((days) => addDays(seedOn, days)),
    closedWhy: [],
  }))
