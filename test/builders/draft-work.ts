/** A draft at the tiny city's desk, and the steps it takes. */
import type { BibContent } from '../../domain/cataloguing-records.ts'
import type { OperationKind } from '../../domain/operations/index.ts'
import { aShelf, performOn, rowOf } from './decide.ts'
import type { CtxParts, Shelf } from './decide.ts'
import { aGoodRecord } from './good-record.ts'

export const DRAFT = 'desk-a.1.1.r1'
/** As it was saved first. */
export const named = { draft: DRAFT, revision: 1 }
export const cataloguer = { role: 'cataloguer' } as const
export const reviewer = { role: 'reviewer' } as const

export const saving = (content: BibContent, parts: object = {}) => ({
  of: null,
  titleId: null,
  profile: 'cnmarc',
  base: null,
  ...content,
  ...parts,
})

export const remarks = [
  { tag: '200', occurrence: 0, text: '责任者写全' },
  { tag: '210', occurrence: 0, text: '核对出版地' },
  { tag: '690', occurrence: 0, text: '类号到末级' },
]

type Step = readonly [OperationKind, object, CtxParts?]
export const submit: Step = ['draft.submit', named]
export const giveBack: Step = ['draft.return', { ...named, remarks }, reviewer]

/** A good record saved, and then the steps. Throws where one is refused. */
export function begun(...steps: readonly Step[]): Shelf {
  const shelf = aShelf([])
  const all: readonly Step[] = [['draft.save', saving(aGoodRecord()), cataloguer], ...steps]
  for (const [index, [kind, payload, parts]] of all.entries()) {
    const who = { ...cataloguer, ...parts, operationId: `desk-a.1.${index + 1}` }
    const { outcome } = performOn(shelf, kind, payload, who)
    if (outcome !== 'applied') throw new Error(`${kind} is ${outcome}`)
  }
  return shelf
}

export const draftOn = (shelf: Shelf) => rowOf(shelf, 'draft', DRAFT)
