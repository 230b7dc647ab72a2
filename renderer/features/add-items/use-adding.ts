import { useState } from 'react'
import type { PayloadOf } from '../../../domain/operations/index.ts'
import { withBookNumber } from '../../../domain/words/book-number.ts'
import { BranchId } from '../../../domain/words/ids.ts'
import { fenFromText } from '../../app/fen-from-text.ts'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import type { Answer } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'
import { labelsWith } from './labels-of.ts'
import type { Trouble, Typed } from './labels-of.ts'
import { placeAt } from './place.ts'
import type { Place, TitleCard } from './place.ts'
import { useForeseen } from './use-foreseen.ts'
import { useNumbering } from './use-numbering.ts'
import type { Numbering } from './use-numbering.ts'

const noLabels: readonly string[] = []

const orNone = (text: string): string | null => (text.trim() === '' ? null : text.trim())

const payloadOf = (
  { title }: TitleCard,
  place: Place,
  labels: readonly string[],
): PayloadOf<'item.add'> => ({
  title: title.id,
  barcodes: [...labels],
  branch: BranchId.parse(place.branchId),
  shelf: orNone(place.shelf),
  callNumber: orNone(place.callNumber),
  bookNumber: place.bookNumber,
  itemType: place.itemType,
  priceFen: fenFromText(place.price),
})

export interface Added {
  readonly answer: Answer<'item.add'>
  readonly barcodes: readonly string[]
}

export interface Adding {
  readonly place: Place
  readonly numbering: Numbering
  readonly labels: readonly string[]
  /** Of them, those in use as far as this desk knows. */
  readonly taken: ReadonlySet<string>
  readonly trouble: Trouble | null
  readonly added: Added | null
  readonly maySave: boolean
  readonly isPriceWrong: boolean
  readonly setPlace: (parts: Partial<Place>) => void
  readonly moveTo: (branchId: string) => void
  /** False where it went on no list. */
  readonly take: (typed: Typed) => boolean
  readonly refuse: (text: string) => void
  readonly keep: (isKept: (barcode: string, index: number) => boolean) => void
  readonly save: () => Promise<void>
}

export function useAdding(card: TitleCard, ownBranchId: string): Adding {
  const { desk, play } = useServices()
  const [typedPlace, setPlace] = useState(() => placeAt(card, ownBranchId))
  const [labels, setLabels] = useState(noLabels)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [added, setAdded] = useState<Added | null>(null)
  const [isWorking, setIsWorking] = useState(false)
  const numbering = useNumbering(card, typedPlace, (parts) =>
    setPlace((before) => ({ ...before, ...parts })),
  )
  const place = { ...typedPlace, callNumber: numbered(typedPlace, numbering) }
  const payload = payloadOf(card, place, labels)
  const foreseen = useForeseen(payload)
  const isPriceWrong = place.price.trim() !== '' && payload.priceFen === null
  const taken = new Set(foreseen?.receipt?.summary.takenBarcodes)
  const maySave = labels.length > 0 && taken.size === 0 && !isPriceWrong && !isWorking
  const refuse = (what: Trouble): void => {
    setTrouble(what)
    play('stop')
  }
  const take = (typed: Typed): boolean => {
    const next = labelsWith(labels, typed)
    setAdded(null)
    if (next.trouble !== null) {
      refuse(next.trouble)
      return false
    }
    setTrouble(null)
    setLabels(next.barcodes)
    return true
  }
  const save = async (): Promise<void> => {
    if (!maySave) return
    setIsWorking(true)
    const request = { requestId: newRequestId(), kind: 'item.add', payload, overrides: [] } as const
    const answer = await perform(desk, request)
    setIsWorking(false)
    setAdded({ answer, barcodes: labels })
    play(answer.receipt === null ? 'stop' : toneOf(answer.receipt))
    if (answer.receipt?.outcome === 'done') setLabels(noLabels)
  }
  return {
    place,
    numbering,
    labels,
    taken,
    trouble,
    added,
    maySave,
    isPriceWrong,
    setPlace: (parts) => setPlace({ ...place, ...parts }),
    moveTo: (branchId) => setPlace({ ...placeAt(card, branchId), price: place.price }),
    take,
    refuse: (text) => refuse({ key: 'notALabel', params: { text: text.slice(0, 60) } }),
    keep: (isKept) => setLabels(labels.filter(isKept)),
    save,
  }
}

/** C42: what was provisional when it was taken is written out as soon as the city has spoken. */
function numbered({ callNumber, bookNumber }: Place, { known }: Numbering): string {
  const kept = known?.kept ?? null
  const isOurs = kept !== null && kept.id === bookNumber && kept.text !== null
  return isOurs ? withBookNumber(callNumber, kept.text ?? '') : callNumber
}
