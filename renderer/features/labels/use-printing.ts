/** Choosing, printing and entering spine labels. Rules C50–C53. */
import { useState } from 'react'
import type { AnswerOf } from '../../../contract/queries.ts'
import { defaultSheet, labelPages, startAfter } from '../../../domain/policy/label-layout.ts'
import { PRINTED_LABELS_MAX } from '../../../domain/operations/spine-label-print.ts'
import { isProvisional, labelLines } from '../../../domain/words/book-number.ts'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import type { Answer } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'
import { labelsLaid } from '../../app/slips/paper-state.ts'
import type { LabelPaper } from '../../app/slips/paper-state.ts'
import { useDeskDispatch } from '../../app/store.ts'

export type Due = AnswerOf<'due-labels'>
export type Row = Pick<Due['rows'][number], 'item' | 'title' | 'printed' | 'isProvisional'> &
  Partial<Due['rows'][number]>

export interface Printing {
  /** Owed, and scanned to be printed once more. */
  readonly rows: readonly Row[]
  readonly isLeftOut: (id: string) => boolean
  readonly toggle: (id: string) => void
  readonly again: (row: Row) => void
  readonly start: number
  readonly setStart: (start: number) => void
  readonly paper: LabelPaper
  /** Labels that would come out now. */
  readonly count: number
  readonly print: () => void
  /** They went to the printer, and nobody has said yet how they came out. */
  readonly sent: readonly Row[]
  readonly enter: () => Promise<void>
  readonly discard: () => void
  readonly answer: Answer<'label.print'> | null
}

export function usePrinting(due: Due): Printing {
  const { desk, play } = useServices()
  const dispatch = useDeskDispatch()
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set())
  const [extra, setExtra] = useState<readonly Row[]>([])
  const [start, setStart] = useState(0)
  const [sent, setSent] = useState<readonly Row[]>([])
  const [answer, setAnswer] = useState<Answer<'label.print'> | null>(null)
  const sheet = due.sheet ?? defaultSheet
  const owed = new Set(due.rows.map(({ item }) => item.id as string))
  const rows: readonly Row[] = [...due.rows, ...extra.filter(({ item }) => !owed.has(item.id))]
  const chosen = rows
    .filter((row) => !leftOut.has(row.item.id) && mayPrint(row))
    .slice(0, PRINTED_LABELS_MAX)
  const lines = chosen.map(({ item }) => labelLines(item.callNumber ?? ''))
  const paper = { sheet, pages: labelPages(sheet, start, lines) }
  const enter = async (): Promise<void> => {
    if (sent.length === 0) return
    const labels = sent.map(({ item }) => ({ item: item.id, callNumber: item.callNumber ?? '' }))
    const kind = 'label.print' as const
    const payload = { labels }
    const told = await perform(desk, { requestId: newRequestId(), kind, payload, overrides: [] })
    setAnswer(told)
    play(told.receipt === null ? 'stop' : toneOf(told.receipt))
    if (told.receipt?.outcome !== 'done') return
    setStart(startAfter(sheet, start, sent.length))
    setExtra([])
    setSent([])
  }
  return {
    rows,
    isLeftOut: (id) => leftOut.has(id),
    toggle: (id) =>
      setLeftOut(
        new Set(leftOut.has(id) ? [...leftOut].filter((one) => one !== id) : [...leftOut, id]),
      ),
    again: (row) => setExtra([...extra.filter(({ item }) => item.id !== row.item.id), row]),
    start,
    setStart,
    paper,
    count: chosen.length,
    print: () => {
      if (chosen.length === 0) return
      setAnswer(null)
      setSent(chosen)
      dispatch(labelsLaid(paper))
    },
    sent,
    enter,
    discard: () => setSent([]),
    answer,
  }
}

/** C52: what has no number yet waits. */
export const mayPrint = ({ item }: Row): boolean =>
  item.callNumber !== null && !isProvisional(item.callNumber)
