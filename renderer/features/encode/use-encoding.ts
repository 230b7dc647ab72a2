/** What was scanned last, what the desk said to it, and what has become of its tag. */
import { useEffect, useRef, useState } from 'react'
import type { AnswerOf } from '../../../contract/queries.ts'
import { usePadStatusQuery, useWriteTagMutation } from '../../app/pad-api.ts'
import { useHeldScans, useScans, useServices } from '../../app/services.tsx'

export type PadView = AnswerOf<'pad-status'>
export type TagWrite = PadView['writes'][number]
type Outcome = AnswerOf<'write-tag'>['outcome']
export type Refusal = Exclude<Outcome, 'writing' | 'same'>

/** What a person may overwrite all the same. */
const asking = ['other-item', 'foreign', 'item-has-tag'] as const satisfies readonly Refusal[]
export const isAsking = (refusal: Refusal | null): boolean => asking.some((one) => one === refusal)

interface Said {
  readonly barcode: string
  readonly outcome: Outcome
  readonly uid: string | null
}

export interface Encoding {
  readonly pad: PadView | undefined
  readonly barcode: string | null
  readonly refusal: Refusal | null
  readonly isSame: boolean
  /** Of the item that was scanned last. */
  readonly row: TagWrite | null
  readonly overwrite: () => void
  readonly leave: () => void
}

export function useEncoding(): Encoding {
  const { play } = useServices()
  const { data: pad } = usePadStatusQuery({})
  const [writeTag] = useWriteTagMutation()
  const [said, setSaid] = useState<Said | null>(null)
  const write = async (barcode: string, overwriteUid: string | null): Promise<void> => {
    const { data } = await writeTag({ barcode, overwriteUid })
    // A broken line is said by the frame, and the tag is as it was.
    if (data === undefined) return
    setSaid({ barcode, ...data })
    if (data.outcome === 'same') play('done')
    else if (data.outcome !== 'writing') {
      play(asking.some((one) => one === data.outcome) ? 'needs-you' : 'stop')
    }
  }
  const refusal =
    said === null || said.outcome === 'writing' || said.outcome === 'same' ? null : said.outcome
  useScans(({ text, source, kind, alsoKinds }) => {
    // What lies on the pad is not meant to be lent here.
    if (source === 'pad') return true
    if (kind !== 'item' && kind !== 'unknown' && !alsoKinds.includes('item')) return false
    void write(text, null)
    return true
  })
  const row =
    said === null || refusal !== null
      ? null
      : (pad?.writes.find(({ barcode }) => barcode === said.barcode) ?? null)
  // The next scan is about the next tag; Escape lets it go.
  useHeldScans(isAsking(refusal) || row?.state === 'writing')
  useTone(row)
  return {
    pad,
    barcode: said?.barcode ?? null,
    refusal,
    isSame: said?.outcome === 'same',
    row,
    overwrite: () => {
      if (said !== null && isAsking(refusal)) void write(said.barcode, said.uid)
    },
    leave: () => setSaid(null),
  }
}

/** Heard without looking: once for each end of a write. */
function useTone(row: TagWrite | null): void {
  const { play } = useServices()
  const before = useRef<TagWrite['state'] | null>(null)
  const state = row?.state ?? null
  useEffect(() => {
    const was = before.current
    before.current = state
    if (was !== 'writing') return
    if (state === 'done') play('done')
    else if (state === 'failed' || state === 'interrupted') play('stop')
  }, [state, play])
}
