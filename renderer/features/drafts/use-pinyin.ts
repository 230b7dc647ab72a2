/** Pinyin filled in by a key, and what of it could be read otherwise, to be looked at. */
import { useState } from 'react'
import type { AnswerOf } from '../../../contract/queries.ts'
import {
  hanziToRead,
  pinyinToMend,
  withMendedPinyin,
  withPinyin,
} from '../../../domain/marc/pinyin-fields.ts'
import { useLazyReadingsQuery } from '../../app/desk-api.ts'
import type { RecordEditing, RowFinding } from './use-record-edits.ts'

type Parts = AnswerOf<'readings'>['readings'][number]

export interface ReadText {
  readonly text: string
  readonly parts: Parts
}

export interface Pinyin {
  /** Of the last filling, those with a hanzi that has several readings. */
  readonly doubts: readonly ReadText[]
  readonly onFill: () => Promise<void>
  /** Reads again what a rule says is misread; false where it is not about a reading. */
  readonly onMend: (finding: RowFinding) => Promise<boolean>
  /** Another reading for one hanzi of one text. */
  readonly onChoose: (text: string, part: number, reading: string) => void
  readonly onDone: () => void
}

/** Of one asking; what is beyond is filled by the key once more. */
const TEXTS_MAX = 200

const spoken = (parts: Parts): string => parts.map(({ chosen }) => chosen).join(' ')

export function usePinyin({ read, onEdit }: RecordEditing): Pinyin {
  const [ask] = useLazyReadingsQuery()
  const [filled, setFilled] = useState<readonly ReadText[]>([])
  const { content } = read
  return {
    doubts: filled.filter(({ parts }) => parts.some(({ readings }) => readings.length > 1)),
    onDone: () => setFilled([]),
    onFill: async () => {
      if (content === null) return
      const missing = hanziToRead(content).slice(0, TEXTS_MAX)
      if (missing.length === 0) return
      const texts = missing.map(({ text, isName }) => ({ text, isName }))
      const { data } = await ask({ texts })
      if (data === undefined) return
      // Behind the last first: the places of the others stay.
      const written = missing.toReversed().reduce((record, wish) => {
        const parts = data.readings[missing.indexOf(wish)] ?? []
        return withPinyin(record, wish, spoken(parts))
      }, content)
      onEdit({ type: 'replace', content: written })
      setFilled(missing.map(({ text }, at) => ({ text, parts: data.readings[at] ?? [] })))
    },
    onMend: async ({ rule, index, subfield }) => {
      if (content === null || rule !== 'M11' || index === null || subfield === null) return false
      const wish = pinyinToMend(content, index, subfield)
      if (wish === null) return false
      const { text, isName } = wish
      const { data } = await ask({ texts: [{ text, isName }] })
      const [parts] = data?.readings ?? []
      if (parts === undefined) return false
      const syllables = parts.map(({ chosen }) => chosen)
      onEdit({ type: 'replace', content: withMendedPinyin(content, wish, syllables) })
      // The twins of the other habit are reviewed where they stand.
      if (subfield === '9') setFilled([{ text, parts }])
      return true
    },
    onChoose: (text, part, reading) => {
      if (content === null) return
      const next = filled.map((one) =>
        one.text === text
          ? {
              text,
              parts: one.parts.map((was, at) => (at === part ? { ...was, chosen: reading } : was)),
            }
          : one,
      )
      setFilled(next)
      const parts = next.find((one) => one.text === text)?.parts ?? []
      const places = hanziToRead(content, true).filter((wish) => wish.text === text)
      const written = places
        .toReversed()
        .reduce((record, wish) => withPinyin(record, wish, spoken(parts)), content)
      onEdit({ type: 'replace', content: written })
    },
  }
}
