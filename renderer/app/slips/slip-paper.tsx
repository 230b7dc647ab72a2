import { useEffect } from 'react'
import { createPortal } from 'react-dom'
import { useDeskDispatch, useDeskSelector } from '../store.ts'
import { paperOf, paperTaken } from './paper-state.ts'
import './slip-paper.css'

/** The 80 mm that a printer sees instead of the page. Laid, it is printed and taken away again. */
export function SlipPaper() {
  const { text } = useDeskSelector((state) => paperOf(state))
  const dispatch = useDeskDispatch()
  useEffect(() => {
    if (text === null) return undefined
    const onPrinted = (): void => void dispatch(paperTaken())
    window.addEventListener('afterprint', onPrinted)
    // Returns when the dialog is closed; a page without one (a test) has printed at once.
    window.print()
    return () => window.removeEventListener('afterprint', onPrinted)
  }, [text, dispatch])
  if (text === null) return null
  return createPortal(
    <pre className="cd-paper" data-testid="slip-paper" aria-hidden>
      {text}
    </pre>,
    document.body,
  )
}
