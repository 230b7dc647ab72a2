import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useIsSlow } from './use-is-slow.ts'

/** No waiting sign below this: it would only flicker. */
const SLOW_MS = 150

interface EmptyStateProps {
  readonly title: string
  readonly hint: string
  readonly icon?: ReactNode
  readonly children?: ReactNode
  readonly testId?: string
}

export function EmptyState({ title, hint, icon, children, testId = 'empty' }: EmptyStateProps) {
  return (
    <div className="cd-empty" data-testid={testId}>
      {icon !== undefined && (
        <div className="cd-empty-icon" aria-hidden>
          {icon}
        </div>
      )}
      <strong>{title}</strong>
      <p>{hint}</p>
      {children}
    </div>
  )
}

export function LoadingState({ label }: { readonly label: string }) {
  const isSlow = useIsSlow(SLOW_MS)
  return (
    <div className="cd-loading" data-testid="loading" aria-busy="true">
      {isSlow && (
        <>
          <span className="cd-loading-bar" aria-hidden />
          <span role="status">{label}</span>
        </>
      )}
    </div>
  )
}

interface FailedStateProps {
  readonly title: string
  readonly hint: string
  readonly retry: string
  readonly onRetry: () => void
}

export function FailedState({ title, hint, retry, onRetry }: FailedStateProps) {
  return (
    <div className="cd-empty cd-failed" data-testid="failed" role="alert">
      <strong>{title}</strong>
      <p>{hint}</p>
      <Button onClick={onRetry}>{retry}</Button>
    </div>
  )
}

interface MoreLineProps {
  readonly text: string
  readonly testId?: string
}

/** A line under a list: what is shown, of how many. */
export function MoreLine({ text, testId = 'too-many' }: MoreLineProps) {
  return (
    <div className="cd-more" data-testid={testId} role="note">
      {text}
    </div>
  )
}
