import { useId } from 'react'
import type { ReactNode } from 'react'

interface PanelProps {
  readonly title: ReactNode
  readonly extra?: ReactNode
  readonly children: ReactNode
  readonly className?: string
  readonly testId?: string
  /** Of what it shows, where panels of one name show different things. */
  readonly kind?: string
}

export function Panel({ title, extra, children, className = '', testId, kind }: PanelProps) {
  const titleId = useId()
  // What scrolls must scroll by keys too, also where nothing in it takes the focus.
  const reach = className.includes('cd-scroll') ? { tabIndex: 0 } : {}
  return (
    <section
      className={`cd-panel ${className}`}
      aria-labelledby={titleId}
      data-testid={testId}
      data-kind={kind}
    >
      <header className="cd-panel-head">
        <h2 id={titleId}>{title}</h2>
        <div className="cd-panel-extra">{extra}</div>
      </header>
      <div className="cd-panel-body" {...reach}>
        {children}
      </div>
    </section>
  )
}

export interface Fact {
  readonly name: string
  readonly value: ReactNode
}

export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="cd-facts">
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
