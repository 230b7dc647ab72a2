interface ShareBarProps {
  /** In the same unit; `whole` is the longest bar. */
  readonly strong: number
  readonly weak: number
  readonly whole: number
}

/** A bar in a cell: the figures stand beside it, so that it is only looked at. */
export function ShareBar({ strong, weak, whole }: ShareBarProps) {
  const of = (count: number): number => (whole === 0 ? 0 : (100 * count) / whole)
  return (
    <svg className="cd-share-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden>
      <rect className="cd-share-strong" x={0} y={0} width={of(strong)} height={8} />
      <rect className="cd-share-weak" x={of(strong)} y={0} width={of(weak)} height={8} />
    </svg>
  )
}
