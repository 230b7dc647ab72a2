import { useEffect } from 'react'
import { createPortal } from 'react-dom'
import { useDeskDispatch, useDeskSelector } from '../store.ts'
import { LabelPages } from './label-pages.tsx'
import { paperOf, paperTaken } from './paper-state.ts'
import './slip-paper.css'

/** What a printer sees instead of the page: 80 mm, or sheets. Laid, it is printed and taken away. */
export function SlipPaper() {
  const paper = useDeskSelector((state) => paperOf(state))
  const dispatch = useDeskDispatch()
  const { text, labels } = paper
  useEffect(() => {
    if (paper.text === null && paper.labels === null) return undefined
    const onPrinted = (): void => void dispatch(paperTaken())
    window.addEventListener('afterprint', onPrinted)
    // Returns when the dialog is closed; a page without one (a test) has printed at once.
    window.print()
    return () => window.removeEventListener('afterprint', onPrinted)
  }, [paper, dispatch])
  if (text === null && labels === null) return null
  return createPortal(
    labels === null ? (
      <pre className="cd-paper" data-testid="slip-paper" aria-hidden>
        {text}
      </pre>
    ) : (
      <div className="cd-paper cd-paper-sheets" data-testid="label-paper" aria-hidden>
        <LabelPages paper={labels} />
      </div>
    ),
    document.body,
  )
}
