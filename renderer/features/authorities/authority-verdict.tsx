import { useTranslation } from 'react-i18next'
import { FindingLines } from '../../app/finding-lines.tsx'
import { ToneBanner } from '../../ui/tone.tsx'
import type { AuthorityActs } from './use-authority-acts.ts'

/** Beneath the lists: it outlives the form, which begins anew with what was saved. */
export function AuthorityVerdict({ last }: Pick<AuthorityActs, 'last'>) {
  const { t } = useTranslation()
  if (last === null) return null
  const { receipt, failure } = last
  const isDone = receipt?.outcome === 'done'
  const heading = isDone ? receipt.summary.heading : ''
  return (
    <div role="status">
      <ToneBanner
        tone={isDone ? 'done' : 'stop'}
        word={t(isDone ? 'authorities.saved' : 'verdict.stop')}
        detail={failure === null ? heading : t(`failure.${failure}.next`)}
        testId="verdict"
      />
      <FindingLines findings={receipt?.findings ?? []} />
    </div>
  )
}
