import { useTranslation } from 'react-i18next'
import type { OperationKind } from '../../../domain/operations/index.ts'
import { FindingLines } from '../../app/finding-lines.tsx'
import { toneOf } from '../../app/perform.ts'
import type { Answer } from '../../app/perform.ts'
import { groundsOf, titled } from '../../app/words.ts'
import { ToneBanner } from '../../ui/tone.tsx'

/** How the last thing that was entered of the item went. */
export function ItemVerdict({ answer }: { readonly answer: Answer<OperationKind> }) {
  const { t, i18n } = useTranslation()
  const { receipt, failure } = answer
  if (receipt === null) {
    return (
      <ToneBanner
        tone="stop"
        word={t('verdict.failed')}
        detail={titled(t, i18n.language, t(`failure.${failure}.title`), [
          t(`failure.${failure}.next`),
        ])}
        testId="verdict"
      />
    )
  }
  const isDone = receipt.outcome === 'done'
  return (
    <>
      <ToneBanner
        tone={toneOf(receipt)}
        word={t(isDone ? 'verdict.marked' : 'verdict.stop')}
        detail=""
        foot={groundsOf(t, receipt)}
        testId="verdict"
      />
      <FindingLines findings={receipt.findings} />
    </>
  )
}
