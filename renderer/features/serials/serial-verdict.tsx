import { useTranslation } from 'react-i18next'
import { DecisionCard } from '../../app/decision-card.tsx'
import { FindingLines } from '../../app/finding-lines.tsx'
import { ToneBanner } from '../../ui/tone.tsx'
import type { SerialActs } from './use-serial-acts.ts'

/** The last thing that was done, in large type; or what a reason is asked for. */
export function SerialVerdict({ acts }: { readonly acts: SerialActs }) {
  const { t } = useTranslation()
  const { said, asked, isWorking, leave } = acts
  if (asked !== null) {
    return (
      <DecisionCard
        findings={asked.findings}
        subject={t(`today.kind.${asked.kind}`)}
        confirmWord={t(`today.kind.${asked.kind}`)}
        isSecondRefused={asked.isSecondRefused}
        isWorking={isWorking}
        onConfirm={asked.confirm}
        onLeave={leave}
      />
    )
  }
  if (said === null) {
    return (
      <ToneBanner
        tone="noted"
        word={t('serials.ready')}
        detail={t('serials.readyHint')}
        testId="serial-banner"
      />
    )
  }
  const { kind, tone, detail, findings, failure } = said
  const done = kind === null ? t('verdict.needsYou') : t(`today.kind.${kind}`)
  return (
    <>
      <ToneBanner
        tone={tone}
        word={tone === 'stop' ? t('verdict.stop') : done}
        detail={failure === null ? detail : t(`failure.${failure}.next`)}
        testId="serial-banner"
      />
      <FindingLines findings={findings} />
    </>
  )
}
