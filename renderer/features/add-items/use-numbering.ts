/** The book number of a title at the place where its items will stand. Rules C40–C44. */
import { useState } from 'react'
import type { AnswerOf } from '../../../contract/queries.ts'
import type { PayloadOf } from '../../../domain/operations/index.ts'
import { callNumberOf } from '../../../domain/words/book-number.ts'
import { splitCallNumber } from '../../../domain/words/call-number.ts'
import { BookNumberId, BranchId, TitleId } from '../../../domain/words/ids.ts'
import { useNumberingQuery } from '../../app/shelf-api.ts'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import type { Answer } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'
import type { Place, TitleCard } from './place.ts'

type Known = AnswerOf<'numbering'>

export interface Numbering {
  /** Undefined before the desk has answered. */
  readonly known: Known | undefined
  readonly classNumber: string
  /** Taking one may be done: there is a scheme, and a class to number in. */
  readonly mayTake: boolean
  readonly take: () => Promise<void>
  /** What came of the last one that was taken. */
  readonly answer: Answer<'number.give'> | null
}

/** `onTaken`: the call number as it is with the number, and whose number it is. */
export function useNumbering(
  { title }: TitleCard,
  place: Place,
  onTaken: (parts: Pick<Place, 'callNumber' | 'bookNumber'>) => void,
): Numbering {
  const { desk, play } = useServices()
  const [answer, setAnswer] = useState<Answer<'number.give'> | null>(null)
  const { classNumber: found, bookNumber: typed } = splitCallNumber(place.callNumber)
  const classNumber = (found ?? '').slice(0, 60)
  const { currentData: known } = useNumberingQuery({
    titleId: title.id,
    branchId: BranchId.parse(place.branchId),
    shelf: place.shelf.trim() === '' ? null : place.shelf.trim(),
    classNumber,
    callNumber: place.callNumber.trim(),
  })
  const given = known === undefined ? null : givenBy(known, typed)
  const mayTake =
    known !== undefined && known.scheme !== null && classNumber !== '' && given !== null
  const take = async (): Promise<void> => {
    if (!mayTake || known.scheme === null || given === null) return
    const { kept } = known
    if (kept !== null) {
      onTaken({ callNumber: callNumberOf(classNumber, kept.text), bookNumber: kept.id })
      play('done')
      return
    }
    const payload = { title: TitleId.parse(title.id), scheme: known.scheme.id, classNumber, given }
    const intention = { requestId: newRequestId(), kind: 'number.give', payload, overrides: [] }
    const told = await perform(desk, intention as typeof intention & { kind: 'number.give' })
    setAnswer(told)
    play(told.receipt === null ? 'stop' : toneOf(told.receipt))
    if (told.receipt?.outcome !== 'done') return
    const { text, bookNumberId } = told.receipt.summary
    onTaken({
      callNumber: callNumberOf(classNumber, text),
      bookNumber: BookNumberId.parse(bookNumberId),
    })
  }
  return { known, classNumber, mayTake, take, answer }
}

/** Null where an author's number has to be typed first. */
function givenBy(
  { scheme, next, above }: Known,
  typed: string | null,
): PayloadOf<'number.give'>['given'] | null {
  if (scheme?.numbersBy === 'author') {
    return typed === null ? null : { by: 'hand', text: typed.slice(0, 40) }
  }
  return next === null
    ? { by: 'city', above }
    : { by: 'block', lease: next.lease, number: next.number }
}
