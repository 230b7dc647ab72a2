import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { FailedState, LoadingState } from '../ui/states.tsx'
import type { AskFailure } from './desk-api.ts'

interface Asking<A> {
  readonly data?: A | undefined
  readonly error?: unknown
  readonly refetch: () => unknown
}

interface AskedProps<A> {
  readonly query: Asking<A>
  readonly children: (answer: A) => ReactNode
}

const isAskFailure = (error: unknown): error is AskFailure =>
  typeof error === 'object' && error !== null && 'failure' in error

/** Loading, failed, or the answer; what is known stays in sight while it is asked again. */
export function Asked<A>({ query, children }: AskedProps<A>) {
  const { t } = useTranslation()
  const { data: answer, error } = query
  if (answer !== undefined) return children(answer)
  if (error === undefined) return <LoadingState label={t('state.loading')} />
  const failure = isAskFailure(error) ? error.failure : 'engine-stopped'
  return (
    <FailedState
      title={t(`failure.${failure}.title`)}
      hint={t(`failure.${failure}.next`)}
      retry={t('do.retry')}
      onRetry={() => void query.refetch()}
    />
  )
}
