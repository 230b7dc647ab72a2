import { useTranslation } from 'react-i18next'
import { useBranchesQuery } from '../../app/desk-api.ts'
import { goingWords } from '../../app/going-words.ts'
import { HoldSlipLine } from '../../app/hold-slip-line.tsx'
import { toneOf } from '../../app/perform.ts'
import { useTitleOf } from '../../app/scanned-row-view.tsx'
import { heaviestFirst, wordsOfFinding } from '../../app/words.ts'
import { ToneBanner, ToneIcon } from '../../ui/tone.tsx'
import { WherePlace } from '../../ui/where-place.tsx'
import { routeOf } from './hold-scans.ts'
import type { HoldScans, Scanned } from './hold-scans.ts'

/** Where the item in hand goes, or why not: the largest thing on the screen. */
interface HoldVerdictProps {
  readonly scans: HoldScans
  readonly todo: 'clear' | 'pull' | 'load'
}

export function HoldVerdict({ scans, todo }: HoldVerdictProps) {
  const { t } = useTranslation()
  const { last, missed } = scans
  if (missed !== null) {
    const isDone = missed.receipt?.outcome === 'done'
    return (
      <ToneBanner
        tone={isDone ? 'done' : 'stop'}
        word={isDone ? t('holds.notFoundSaid') : t('verdict.stop')}
        detail={missed.failure === null ? '' : t(`failure.${missed.failure}.next`)}
        testId="hold-verdict"
      />
    )
  }
  if (last === null) {
    const detail = t(`holds.${todo}Hint`)
    return (
      <ToneBanner tone="noted" word={t(`holds.${todo}Do`)} detail={detail} testId="hold-verdict" />
    )
  }
  return <Place scanned={last} />
}

function Place({ scanned }: { readonly scanned: Scanned }) {
  const { t, i18n } = useTranslation()
  const title = useTitleOf(scanned.barcode)
  const { data: places } = useBranchesQuery({})
  const { receipt, failure } = scanned.answer
  if (receipt === null) {
    return (
      <ToneBanner
        tone="stop"
        word={t(`failure.${failure}.title`)}
        detail={t(`failure.${failure}.next`)}
        testId="hold-verdict"
      />
    )
  }
  const [first] = heaviestFirst(receipt.findings)
  const words = first && wordsOfFinding(t, i18n.language, first)
  const isDone = receipt.outcome === 'done'
  const { hold } = receipt.summary
  const route = routeOf(receipt.summary)
  const { going, via } = goingWords(t, i18n.language, places?.branches ?? [], { route, hold })
  const tone = toneOf(receipt)
  return (
    <div
      className={`cd-where cd-tone-${tone}`}
      data-tone={tone}
      data-testid="hold-verdict"
      data-route={isDone ? route.to : undefined}
      role="status"
      aria-live="assertive"
      aria-atomic="true"
    >
      <ToneIcon tone={tone} />
      <div className="cd-where-text">
        <span className="cd-where-word">{words?.title ?? ''}</span>
        <WherePlace place={isDone ? going : (words?.what ?? t('verdict.stop'))} />
        <span className="cd-where-detail">
          {[title, scanned.barcode, via, route.shelf].filter(Boolean).join(' · ')}
        </span>
        <span className="cd-where-next">
          {isDone && hold !== null ? <HoldSlipLine slip={hold} /> : (words?.next ?? '')}
        </span>
      </div>
    </div>
  )
}
