import { useTranslation } from 'react-i18next'
import { useBranchesQuery } from '../../app/desk-api.ts'
import { goingWords } from '../../app/going-words.ts'
import { toneOf } from '../../app/perform.ts'
import { useTitleOf } from '../../app/scanned-row-view.tsx'
import { groundsOf, heaviestFirst, titled, wordsOfFinding } from '../../app/words.ts'
import { ToneBanner } from '../../ui/tone.tsx'
import type { ToneName } from '../../ui/tone.tsx'
import { routeOf } from './use-parcels.ts'
import type { ParcelRow } from './parcels-state.ts'

interface ParcelVerdictProps {
  readonly rows: readonly ParcelRow[]
  readonly isBranchMissing: boolean
}

/** Where the item in hand goes now, as on the screen of returns. */
export function ParcelVerdict({ rows, isBranchMissing }: ParcelVerdictProps) {
  const { t } = useTranslation()
  const row = rows[0] ?? null
  const title = useTitleOf(row?.barcode ?? null)
  const { tone, word, detail } = useParcelWords(row)
  const isAsking = isBranchMissing && row === null
  return (
    <ToneBanner
      tone={tone}
      word={isAsking ? t('transfers.chooseBranch') : word}
      detail={[title, row?.barcode, detail].filter(Boolean).join(' · ')}
      foot={groundsOf(t, row?.answer?.receipt)}
      testId="verdict"
    />
  )
}

interface Words {
  readonly tone: ToneName
  readonly word: string
  readonly detail: string
}

export function useParcelWords(row: ParcelRow | null): Words {
  const { t, i18n } = useTranslation()
  const { data: places } = useBranchesQuery({})
  if (row === null) {
    return { tone: 'noted', word: t('transfers.startTitle'), detail: t('transfers.startHint') }
  }
  if (row.answer === null) return { tone: 'working', word: t('verdict.working'), detail: '' }
  const { receipt, failure } = row.answer
  if (receipt === null) {
    const next = t(`failure.${failure}.next`)
    return { tone: 'stop', word: t(`failure.${failure}.title`), detail: next }
  }
  const findings = heaviestFirst(receipt.findings)
  const first = findings[0] && wordsOfFinding(t, i18n.language, findings[0])
  if (receipt.outcome !== 'done') {
    const detail = [first?.what, first?.next].filter(Boolean).join(' ')
    return { tone: 'stop', word: first?.title ?? t('verdict.stop'), detail }
  }
  const route = routeOf(receipt)
  const detail = first === undefined ? '' : titled(t, i18n.language, first.title, [first.what])
  const hold = 'hold' in receipt.summary ? receipt.summary.hold : null
  return { tone: toneOf(receipt), word: wordOf(), detail }

  function wordOf(): string {
    if (row?.kind === 'item.mark-missing') return t('transfers.missingDone')
    if (route === null) return t('verdict.done')
    const way = goingWords(t, i18n.language, places?.branches ?? [], { route, hold })
    if (route.to === 'sent') return t('transfers.sentTo', { branch: way.name })
    return way.going
  }
}
