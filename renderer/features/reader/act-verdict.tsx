import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { FindingLines } from '../../app/finding-lines.tsx'
import { toneOf } from '../../app/perform.ts'
import { groundsOf, titled, yuan } from '../../app/words.ts'
import { ToneBanner } from '../../ui/tone.tsx'
import type { ActSaid } from './reader-acts.ts'

/** What the reader is told besides: a fee, a deposit, a day. */
function besides(t: TFunction, said: ActSaid): string {
  if (said.receipt === null) return ''
  switch (said.kind) {
    case 'reader.replace-card': {
      const { feeFen } = said.receipt.summary
      return feeFen === 0 ? '' : t('readers.feeCharged', { fee: yuan(feeFen) })
    }
    case 'reader.set-category': {
      const { depositTakenFen } = said.receipt.summary
      const fee = yuan(Math.abs(depositTakenFen))
      if (depositTakenFen === 0) return ''
      return t(depositTakenFen > 0 ? 'readers.depositTaken' : 'readers.depositBack', { fee })
    }
    case 'reader.extend':
      return t('readers.extendedUntil', { on: said.receipt.summary.expiresOn })
    default:
      return ''
  }
}

/** The verdict of the last action; before the first there is none. */
export function ActVerdict({ said }: { readonly said: ActSaid | null }) {
  const { t, i18n } = useTranslation()
  if (said === null) return null
  const { receipt, failure } = said
  if (receipt === null) {
    const next = [t(`failure.${failure}.next`)]
    const detail = titled(t, i18n.language, t(`failure.${failure}.title`), next)
    return (
      <ToneBanner tone="stop" word={t('verdict.failed')} detail={detail} testId="act-verdict" />
    )
  }
  if (receipt.outcome === 'done') {
    return (
      <>
        <ToneBanner
          tone={toneOf(receipt)}
          word={t(`readers.done.${said.kind}`)}
          detail={besides(t, said)}
          foot={groundsOf(t, receipt)}
          testId="act-verdict"
        />
        {receipt.findings.length > 0 && <FindingLines findings={receipt.findings} />}
      </>
    )
  }
  if (receipt.outcome !== 'refused') return null
  return (
    <>
      <ToneBanner
        tone="stop"
        word={t('verdict.stop')}
        detail=""
        foot={groundsOf(t, receipt)}
        testId="act-verdict"
      />
      <FindingLines findings={receipt.findings} />
    </>
  )
}
