import { useTranslation } from 'react-i18next'
import { FindingLines } from '../../app/finding-lines.tsx'
import { toneOf } from '../../app/perform.ts'
import { groundsOf, titled, wordsOfFinding } from '../../app/words.ts'
import { ToneBanner } from '../../ui/tone.tsx'
import type { Said } from './till-actions.ts'

/** Before the first action there is nothing to say. */
export function TillVerdict({ said }: { readonly said: Said | null }) {
  const { t, i18n } = useTranslation()
  if (said === null) return null
  const { kind, receipt, failure } = said
  if (receipt === null) {
    const detail = titled(t, i18n.language, t(`failure.${failure}.title`), [
      t(`failure.${failure}.next`),
    ])
    return <ToneBanner tone="stop" word={t('verdict.failed')} detail={detail} testId="verdict" />
  }
  if (receipt.outcome === 'done') {
    const [first] = receipt.findings
    const detail = first === undefined ? '' : wordsOfFinding(t, i18n.language, first).what
    const word = t(kind === 'till.open' ? 'till.opened' : 'till.closed')
    return (
      <ToneBanner
        tone={toneOf(receipt)}
        word={word}
        detail={detail}
        foot={groundsOf(t, receipt)}
        testId="verdict"
      />
    )
  }
  return (
    <>
      <ToneBanner
        tone="stop"
        word={t('verdict.stop')}
        detail=""
        foot={groundsOf(t, receipt)}
        testId="verdict"
      />
      <FindingLines findings={receipt.findings} />
    </>
  )
}
