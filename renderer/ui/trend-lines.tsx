export interface TrendLine {
  readonly name: string
  /** One a day, in the order of the days; all lines have as many. */
  readonly values: readonly number[]
  readonly isDashed: boolean
}

interface TrendLinesProps {
  readonly lines: readonly TrendLine[]
  /** What it shows, in words; the figures stand in a table beside it. */
  readonly label: string
}

const WIDTH = 320
const HEIGHT = 96
const MARGIN = 4

/** Lines over days. Told apart by their stroke, not by colour alone. */
export function TrendLines({ lines, label }: TrendLinesProps) {
  const top = Math.max(1, ...lines.flatMap(({ values }) => values))
  const place = (value: number, at: number, count: number): string => {
    const x = MARGIN + (at * (WIDTH - 2 * MARGIN)) / Math.max(1, count - 1)
    const y = HEIGHT - MARGIN - (value * (HEIGHT - 2 * MARGIN)) / top
    return `${x.toFixed(1)},${y.toFixed(1)}`
  }
  return (
    <svg
      className="cd-trend"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
      data-testid="trend"
    >
      <line className="cd-trend-floor" x1={0} x2={WIDTH} y1={HEIGHT - 1} y2={HEIGHT - 1} />
      {lines.map(({ name, values, isDashed }) => (
        <polyline
          key={name}
          className={isDashed ? 'cd-trend-line cd-trend-dashed' : 'cd-trend-line'}
          points={values.map((value, at) => place(value, at, values.length)).join(' ')}
        >
          <title>{name}</title>
        </polyline>
      ))}
    </svg>
  )
}
