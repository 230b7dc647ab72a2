import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'

interface WindowedRowsProps<R> {
  readonly count: number
  readonly rowHeight: number
  /** Undefined while it is on its way. */
  readonly rowAt: (index: number) => R | undefined
  readonly keyOf: (row: R) => string
  readonly render: (row: R, index: number) => ReactNode
  /** The first row in sight, whenever another one is. */
  readonly onFirst: (index: number) => void
  readonly label: string
  readonly chosen: number
  readonly onChoose: (index: number) => void
  readonly testId: string
}

/** A list of which nobody holds all rows: only what is in sight is drawn, and asked for. */
export function WindowedRows<R>(props: WindowedRowsProps<R>) {
  const { count, rowHeight, rowAt, keyOf, render, onFirst, label, chosen, onChoose } = props
  const scroller = useRef<HTMLDivElement>(null)
  // No React Compiler builds this: nothing is memoised behind the virtualizer's back.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  })
  const shown = virtualizer.getVirtualItems()
  const first = shown[0]?.index ?? 0
  useEffect(() => {
    onFirst(first)
  }, [first, onFirst])
  useEffect(() => {
    if (chosen >= 0 && chosen < count) virtualizer.scrollToIndex(chosen)
  }, [chosen, count, virtualizer])
  return (
    <div
      ref={scroller}
      className="cd-rows"
      tabIndex={0}
      role="listbox"
      aria-label={label}
      data-testid={props.testId}
    >
      <div
        className="cd-rows-all"
        style={{ height: virtualizer.getTotalSize() }}
        role="presentation"
      >
        {shown.map(({ index, start }) => {
          const row = rowAt(index)
          const isChosen = index === chosen
          return (
            <div
              key={row === undefined ? index : keyOf(row)}
              className={isChosen ? 'cd-row cd-row-chosen' : 'cd-row'}
              style={{ height: rowHeight, transform: `translateY(${start}px)` }}
              role="option"
              aria-selected={isChosen}
              aria-busy={row === undefined}
              aria-posinset={index + 1}
              aria-setsize={count}
              onClick={() => onChoose(index)}
            >
              {row !== undefined && render(row, index)}
            </div>
          )
        })}
      </div>
    </div>
  )
}
