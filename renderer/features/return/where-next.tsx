import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useBranchesQuery } from '../../app/desk-api.ts'
import { goingWords } from '../../app/going-words.ts'
import { HoldSlipLine } from '../../app/hold-slip-line.tsx'
import { useKeys } from '../../app/keys.tsx'
import { useTitleOf } from '../../app/scanned-row-view.tsx'
import { groundsOf, heaviestFirst, wordsOfFinding, yuan } from '../../app/words.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { ToneIcon } from '../../ui/tone.tsx'
import type { ToneName } from '../../ui/tone.tsx'
import { WherePlace } from '../../ui/where-place.tsx'
import { toneOfReturn } from './return-state.ts'
import type { ReturnRow } from './return-state.ts'

/** The largest thing on the screen: where the item in hand goes now. */
export function WhereNext({ row }: { readonly row: ReturnRow | null }) {
  const { t, i18n } = useTranslation()
  const title = useTitleOf(row?.barcode ?? null)
  const { tone, place, detail } = usePlace(row)
  const findings = heaviestFirst(row?.receipt?.findings ?? [])
  const noted = findings.some(({ code }) => code === 'not-on-loan')
  const isDone = row?.state === 'done'
  const first = findings[0]
  const stands = row !== null && row.state === 'done' && !row.isUndone
  const slip = stands ? (row.receipt?.summary.hold ?? null) : null
  return (
    <div
      className={`cd-where cd-tone-${tone}`}
      data-tone={tone}
      data-testid="where-next"
      data-route={row?.receipt?.summary.route.to}
      data-foot={groundsOf(t, row?.receipt)}
      role="status"
      aria-live="assertive"
      aria-atomic="true"
    >
      <ToneIcon tone={tone} />
      <div className="cd-where-text">
        <span className="cd-where-word" data-testid="verdict" data-tone={tone}>
          {row === null
            ? ''
            : isDone
              ? t(noted ? 'returning.notOnLoan' : 'verdict.returned')
              : t(row.state === 'failed' ? 'verdict.failed' : 'verdict.stop')}
        </span>
        <WherePlace place={place} />
        <span className="cd-where-detail">
          {[isDone ? title : null, row?.barcode, detail].filter(Boolean).join(' · ')}
        </span>
        <span className="cd-where-next">
          {slip === null ? (
            first && wordsOfFinding(t, i18n.language, first).next
          ) : (
            <HoldSlipLine slip={slip} />
          )}
        </span>
      </div>
      {stands && <ToRefund row={row} />}
    </div>
  )
}

/** The reader paid for the loss of what is back now: the way to where the money is (R14). */
function ToRefund({ row }: { readonly row: ReturnRow }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { findings = [], summary } = row.receipt ?? {}
  const readerId = summary?.readerId ?? null
  const isDue = readerId !== null && findings.some(({ code }) => code === 'loss-refund-due')
  const go = (): void =>
    void navigate(`/reader?id=${encodeURIComponent(readerId ?? '')}&shown=fees`)
  useKeys(isDue ? [{ combo: 'Alt+m', label: t('returning.toRefund'), run: go }] : [])
  if (!isDue) return null
  return (
    <Button onClick={go} data-testid="to-refund">
      {t('returning.toRefund')} <KeyHint combo="Alt+m" />
    </Button>
  )
}

function usePlace(row: ReturnRow | null): { tone: ToneName; place: string; detail: string } {
  const { t, i18n } = useTranslation()
  const { data: places } = useBranchesQuery({})
  if (row === null) return { tone: 'noted', place: t('returning.startTitle'), detail: '' }
  if (row.failure !== null) {
    const place = t(`failure.${row.failure}.title`)
    return { tone: 'stop', place, detail: t(`failure.${row.failure}.next`) }
  }
  if (row.receipt === null) return { tone: 'working', place: t('verdict.working'), detail: '' }
  if (row.receipt.outcome !== 'done') {
    const [first] = row.receipt.findings
    const words = first && wordsOfFinding(t, i18n.language, first)
    return { tone: 'stop', place: words?.title ?? t('verdict.stop'), detail: words?.what ?? '' }
  }
  if (row.isUndone) return { tone: 'noted', place: t('verdict.undone'), detail: '' }
  const { route, hold, feeFen } = row.receipt.summary
  const { going, via } = goingWords(t, i18n.language, places?.branches ?? [], { route, hold })
  const bin = route.bin ?? ''
  const fee = feeFen > 0 ? t('returning.fee', { fee: yuan(feeFen) }) : ''
  return {
    tone: toneOfReturn(row.receipt),
    // Whoever stands at the sorter looks for the bin; where it goes from there is said beside it.
    place: bin === '' ? going : t('returning.bin', { bin }),
    detail: [bin === '' ? '' : going, via, route.shelf, fee].filter(Boolean).join(' · '),
  }
}
