/** Shelves in their order, and the numbers and labels of what stands there. */
import { z } from 'zod'
import { Item } from '../domain/records.ts'
import { BookNumber, LabelSheet, NumberScheme, NumberSchemes } from '../domain/shelf-records.ts'
import { BranchId, LeaseId } from '../domain/words/ids.ts'
import { limit, nothing, route } from './route.ts'
import { TitleRow } from './row-shapes.ts'

const ShelfListRow = z.strictObject({ item: Item, title: TitleRow.nullable() })

/** Which shelf: all of the branch, what has none, or the one of this name. */
const ShelfChoice = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('all') }),
  z.strictObject({ is: z.literal('none') }),
  z.strictObject({ is: z.literal('named'), name: z.string().max(100) }),
])

const stretch = {
  shelf: ShelfChoice,
  /** Call numbers as typed; empty for no end. */
  from: z.string().max(100),
  to: z.string().max(100),
}

export const shelfQueries = {
  /** Of this branch, a window of a shelf in its order; without shelf, of the branch in one order. */
  'shelf-list': route({
    ask: z.strictObject({ ...stretch, offset: z.int().min(0).max(10_000_000), limit }),
    answer: z.strictObject({ rows: z.array(ShelfListRow), total: z.int().min(0) }),
    permission: 'search-catalogue',
    audit: 'none',
    effect: 'none',
  }),
  /** Names of the shelves of this branch that hold something with a call number. */
  shelves: route({
    ask: nothing,
    answer: z.strictObject({
      names: z.array(z.string()),
      hasUnnamed: z.boolean(),
      isCutShort: z.boolean(),
    }),
    permission: 'search-catalogue',
    audit: 'none',
    effect: 'none',
  }),
  /** Where the book in hand stands in the window; null where it does not stand there. */
  'shelf-place': route({
    ask: z.strictObject({ ...stretch, barcode: z.string().max(64) }),
    answer: z.strictObject({ offset: z.int().min(0) }).nullable(),
    permission: 'search-catalogue',
    audit: 'none',
    effect: 'none',
  }),
  /** Before a title is given its book number at a place: rules C40–C44. */
  numbering: route({
    ask: z.strictObject({
      titleId: z.string().max(80),
      branchId: BranchId,
      shelf: z.string().max(100).nullable(),
      classNumber: z.string().max(60),
      callNumber: z.string().max(100),
    }),
    answer: z.strictObject({
      /** Null where the place is of none. */
      scheme: NumberScheme.pick({
        id: true,
        nameZh: true,
        nameEn: true,
        numbersBy: true,
      }).nullable(),
      /** `id`: null where only copies on the shelves tell. */
      kept: z
        .strictObject({ id: BookNumber.shape.id.nullable(), text: BookNumber.shape.text })
        .nullable(),
      /** Of this desk's own blocks. */
      next: z.strictObject({ lease: LeaseId, number: z.int() }).nullable(),
      left: z.int().min(0),
      above: z.int().min(0),
      /** Another title under the same call number. */
      clash: TitleRow.nullable(),
    }),
    permission: 'edit-catalogue',
    audit: 'none',
    effect: 'none',
  }),
  /** Spine labels that this branch owes, the oldest first, and the paper they are printed on. */
  'due-labels': route({
    ask: z.strictObject({ limit }),
    answer: z.strictObject({
      rows: z.array(
        z.strictObject({
          item: Item,
          title: TitleRow.nullable(),
          /** What is on the spine; null where nothing was printed yet. */
          printed: z.string().nullable(),
          isProvisional: z.boolean(),
          /** The city gave its number after it was catalogued. */
          wasProvisional: z.boolean(),
        }),
      ),
      total: z.int().min(0),
      sheet: LabelSheet.nullable(),
    }),
    permission: 'edit-catalogue',
    audit: 'none',
    effect: 'none',
  }),
  'number-schemes': route({
    ask: nothing,
    answer: NumberSchemes.pick({ schemes: true }),
    permission: 'edit-catalogue',
    audit: 'none',
    effect: 'none',
  }),
} as const
