import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'

interface VirtualRowsProps<R> {
  readonly rows: readonly R[]
  readonly rowHeight: number
  readonly keyOf: (row: R) => string
  readonly render: (row: R, index: number) => ReactNode
  readonly label: string
  /** The chosen row is kept in sight; -1 where none is. */
  readonly chosen: number
  readonly onChoose?: (index: number) => void
  readonly testId?: string
}

/** A list that draws only what is in sight: a thousand rows cost what twenty do. */
export function VirtualRows<R>(props: VirtualRowsProps<R>) {
  const { rows, rowHeight, keyOf, render, label, chosen, onChoose, testId } = props
  const scroller = useRef<HTMLDivElement>(null)
  // No React Compiler builds this: nothing is memoised behind the virtualizer's back.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  })
  useEffect(() => {
    if (chosen >= 0 && chosen < rows.length) virtualizer.scrollToIndex(chosen)
  }, [chosen, rows.length, virtualizer])
  const isList = onChoose === undefined
  return (
    <div
      ref={scroller}
      className="cd-rows"
      tabIndex={0}
      role={isList ? 'list' : 'listbox'}
      aria-label={label}
      data-testid={testId}
    >
      <div
        className="cd-rows-all"
        style={{ height: virtualizer.getTotalSize() }}
        role="presentation"
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]
          if (row === undefined) return null
          const isChosen = index === chosen
          return (
            <div
              key={keyOf(row)}
              className={isChosen ? 'cd-row cd-row-chosen' : 'cd-row'}
              style={{ height: rowHeight, transform: `translateY(${start}px)` }}
              role={isList ? 'listitem' : 'option'}
              aria-selected={isList ? undefined : isChosen}
              aria-posinset={index + 1}
              aria-setsize={rows.length}
              onClick={onChoose && (() => onChoose(index))}
            >
              {render(row, index)}
            </div>
          )
        })}
      </div>
    </div>
  )
}
