/**
 * The copies of the sample city. Barcodes are the owner's code and eight digits: from 10000001 in
 * the libraries, from 00000001 at the University Town, from 50000001 for the books that stand in
 * the institution reader's own rooms.
 */
import type { Branch, Item } from '../../domain/records.ts'
import type { CalendarDate } from '../../domain/words/calendar-date.ts'
import { startOf } from '../../domain/words/calendar-date.ts'
import { BranchId, ItemId, LibraryId } from '../../domain/words/ids.ts'
import { sampleBranches } from './libraries.ts'
import type { LibraryCode } from './libraries.ts'
import { libraryRows } from './libraries.ts'
import type { Random } from './random.ts'
import type { SampleTitle } from './sample-titles.ts'

const HOUR_MS = 3_600_000

/** On the shelf under the first barcodes of the city library and of Nanshan, in this order. */
// oxfmt-ignore
export const demoTitles = [
  '活着', '三体', '平凡的世界', '红楼梦', '围城', '百年孤独', '小王子', '白鹿原', '西游记',
  '人类简史：从动物到上帝', '解忧杂货店', '追风筝的人', '时间简史', '论语译注', '万历十五年',
  '月亮与六便士', '夏洛的网', '骆驼祥子', '窗边的小豆豆', '我们仨',
] as const

/** On the shelf at the University Town from F4401000000001. */
// oxfmt-ignore
export const demoUniversityTitles = [
  'Python编程：从入门到实践', '算法导论. 原书第3版', '机器学习', '深度学习', '数学之美',
  '高等数学. 上册. 第七版', 'The Three-Body Problem', 'A Brief History of Time', '三体',
] as const

/** Books of the institution reader, all on loan to it. */
export const INSTITUTION_ITEMS = 1000
const INSTITUTION_FIRST_SERIAL = 50_000_001

const firstSerialOf = (library: string): number => (library === 'F44010' ? 1 : 10_000_001)

/** Dictionaries stay in the building. */
const isReferenceBook = (clc: string | null): boolean => clc?.startsWith('H16') === true

export class ItemMaker {
  readonly #random: Random
  readonly #seedOn: CalendarDate
  readonly #nextSerials = new Map<string, number>()
  readonly #nextBookNumbers = new Map<string, number>()
  readonly #callNumbers = new Map<string, string>()
  #made = 0

  constructor(random: Random, seedOn: CalendarDate) {
    this.#random = random
    this.#seedOn = seedOn
  }

  /** The next copy of a title in a house, on its shelf and in good condition. */
  make(of: SampleTitle, branch: Branch, serial: number | null = null): Item {
    const { title, shelf } = of
    this.#made += 1
    const isReference = isReferenceBook(title.clc)
    const branchId = BranchId.parse(branch.id)
    return {
      id: ItemId.parse(`itm-${String(this.#made).padStart(5, '0')}`),
      barcode: branch.libraryId + String(serial ?? this.#serial(branch.libraryId)).padStart(8, '0'),
      titleId: title.id,
      ownerLibraryId: LibraryId.parse(branch.libraryId),
      homeBranchId: branchId,
      atBranchId: branchId,
      callNumber: this.#callNumber(of, branch.libraryId),
      shelf: `${shelf.shelfZh} ${this.#random.between(1, 48)}排${this.#random.pick(['A', 'B'])}面`,
      itemType: isReference ? 'reference' : shelf.itemType,
      language: title.language,
      audience: title.audience,
      priceFen: Math.round((shelf.priceFen * this.#random.between(70, 140)) / 10_000) * 100,
      state: 'on-shelf',
      condition: 'good',
      conditionNote: null,
      isForLoan: !isReference,
      openLoanId: null,
      lastCheckInAt: this.#random.chance(0.4)
        ? startOf(this.#seedOn) - this.#random.between(60, 9000) * HOUR_MS
        : null,
      heldForReaderId: null,
      holdId: null,
      transitToBranchId: null,
      isPlaceholder: false,
      partsCount: 1,
      missingParts: null,
      alertNote: null,
      transitSentAt: null,
      inHouseUsesCount: 0,
    }
  }

  #serial(library: string): number {
    const serial = this.#nextSerials.get(library) ?? firstSerialOf(library)
    this.#nextSerials.set(library, serial + 1)
    return serial
  }

  /** Class and running number; every library counts for itself (reference/domain-cn.md 0.1). */
  #callNumber({ title, shelf }: SampleTitle, library: string): string {
    const known = this.#callNumbers.get(`${library} ${title.id}`)
    if (known !== undefined) return known
    const counter = `${library} ${title.clc}`
    const number = this.#nextBookNumbers.get(counter) ?? this.#random.between(1, 400)
    this.#nextBookNumbers.set(counter, number + 1)
    const prefix = shelf.itemType === 'braille' ? 'MW/' : ''
    const callNumber = `${prefix}${title.clc}/${number}`
    this.#callNumbers.set(`${library} ${title.id}`, callNumber)
    return callNumber
  }
}

const mainHouse = (library: LibraryCode): Branch => branchOf(`${library}-01`)

function branchOf(id: string): Branch {
  const branch = sampleBranches.find((one) => one.id === id)
  if (branch === undefined) throw new Error(`no branch ${id} in the sample city`)
  return branch
}

function titleNamed(titles: readonly SampleTitle[], name: string): SampleTitle {
  const found = titles.find(({ title }) => title.title === name && title.kind === 'book')
  if (found === undefined) throw new Error(`no title ${name} in the sample city`)
  return found
}

/** One to six copies: the first of a table stand in many houses, the last in one or two. */
const copiesOf = (of: SampleTitle, random: Random): number =>
  of.shelf.itemType === 'book'
    ? Math.min(6, 1 + Math.floor(6 / (1 + of.rank / 4)) + random.between(0, 1))
    : random.between(1, 3)

function houseFor(of: SampleTitle, random: Random): Branch {
  if (of.shelf.itemType === 'braille') return mainHouse('044005')
  const [library] = random.pick(libraryRows)
  if (random.chance(0.6)) return mainHouse(library)
  return random.pick(sampleBranches.filter((branch) => branch.libraryId === library))
}

export interface SampleItems {
  /** Under the promised barcodes, on their shelves. */
  readonly demo: readonly Item[]
  readonly general: readonly Item[]
  readonly institution: readonly Item[]
}

export function sampleItems(
  titles: readonly SampleTitle[],
  seedOn: CalendarDate,
  random: Random,
): SampleItems {
  const maker = new ItemMaker(random, seedOn)
  const shelve = (names: readonly string[], library: LibraryCode): Item[] =>
    names.map((name) => maker.make(titleNamed(titles, name), mainHouse(library)))
  const demo = [
    ...shelve(demoTitles, '044005'),
    ...shelve(demoTitles, '044006'),
    ...shelve(demoUniversityTitles, 'F44010'),
  ]
  const general = titles.flatMap((of) =>
    Array.from({ length: copiesOf(of, random) }, () => maker.make(of, houseFor(of, random))),
  )
  const forChildren = titles.filter(({ shelf }) => shelf.shelfZh === '少儿阅览区')
  const institution = Array.from({ length: INSTITUTION_ITEMS }, (_, index) =>
    maker.make(random.pick(forChildren), mainHouse('044005'), INSTITUTION_FIRST_SERIAL + index),
  )
  return { demo, general, institution }
}
