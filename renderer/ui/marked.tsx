import type { ReactNode } from 'react'

interface MarkedProps {
  readonly text: string
  /** Start and end by turns, rising. */
  readonly hits: readonly number[]
}

/** A text with places of it marked. It is only ever text, whatever it holds. */
export function Marked({ text, hits }: MarkedProps) {
  const parts: ReactNode[] = []
  let at = 0
  for (let index = 0; index + 1 < hits.length; index += 2) {
    const from = hits[index] ?? 0
    const to = hits[index + 1] ?? 0
    parts.push(text.slice(at, from), <mark key={from}>{text.slice(from, to)}</mark>)
    at = to
  }
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  )
}
