import { useTranslation } from 'react-i18next'
import type { Settlement } from '../../../domain/settlements.ts'
import { ToneMark } from '../../ui/tone.tsx'
import type { AlikeRun } from './use-alike.ts'

interface LastSettledProps {
  /** The way of the last one that was settled by itself. */
  readonly last: Settlement | null
  readonly run: AlikeRun | null
}

/** What the last key did, above the list: the card makes room for the next one. */
export function LastSettled({ last, run }: LastSettledProps) {
  const { t } = useTranslation()
  return (
    <div className="cd-last-settled" role="status" data-testid="last-settled">
      {run !== null && !run.isRunning && <RunMark run={run} />}
      {last !== null && (
        <ToneMark
          tone="done"
          word={t('state.titled', {
            title: t('verdict.settled'),
            text: t(`exceptions.settlement.${last}`),
          })}
        />
      )}
    </div>
  )
}

function RunMark({ run }: { readonly run: AlikeRun }) {
  const { t } = useTranslation()
  const { alike, settled, left, failure } = run
  const done = t('exceptions.alike.done', {
    count: settled,
    way: t(`exceptions.settlement.${alike.settlement}`),
  })
  if (failure !== null) {
    return <ToneMark tone="stop" word={`${done} ${t(`failure.${failure}.title`)}`} />
  }
  return left === 0 ? (
    <ToneMark tone="done" word={done} />
  ) : (
    <ToneMark tone="needs-you" word={`${done} ${t('exceptions.alike.left', { count: left })}`} />
  )
}
