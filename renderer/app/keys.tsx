/** Keys of the screens: one listener, the last mounted first, and the list that F1 shows. */
import { createContext, useContext, useEffect, useMemo, useRef } from 'react'
import type { ReactNode } from 'react'

export interface KeyAction {
  /** `F3`, `Alt+1`, `Alt+Shift+c`, `Control+k`, `Escape`, `u`, `ArrowDown`. */
  readonly combo: string
  readonly label: string
  readonly run: () => void
  /** Single letters stay with the field a person is typing in; everything else is taken. */
  readonly isInFields?: boolean
}

interface KeyBoard {
  readonly add: (actions: () => readonly KeyAction[]) => () => void
  /** Keys at work now, the nearest first. */
  readonly list: () => readonly KeyAction[]
}

const KeysContext = createContext<KeyBoard | null>(null)

export function comboOf(event: KeyboardEvent): string {
  // Alt changes `key` on some layouts (Alt+1 is ¡ on a Mac): digits are told by their place.
  const digit = /^Digit(\d)$/.exec(event.code)?.[1]
  const key = event.altKey && digit !== undefined ? digit : event.key
  // Shift tells keys apart only beside Alt: alone it makes the letter, and `key` says which.
  const isShifted = event.altKey && event.shiftKey && key.length === 1
  const parts = [
    event.ctrlKey || event.metaKey ? 'Control' : '',
    event.altKey ? 'Alt' : '',
    isShifted ? 'Shift' : '',
  ]
  return [...parts.filter((part) => part !== ''), key.length === 1 ? key.toLowerCase() : key].join(
    '+',
  )
}

/** What keeps this key to itself: a text every letter, a choice its arrows alone. */
function isField(target: EventTarget | null, combo: string): boolean {
  if (!(target instanceof HTMLElement)) return false
  // The blank presses what has the focus.
  if (combo === ' ' && target.matches('button, a, summary, input, [role="button"]')) return true
  if (target.matches('input[type="radio"], input[type="checkbox"]')) {
    return combo.startsWith('Arrow')
  }
  return target.matches('input, textarea, select, [role="combobox"]') || target.isContentEditable
}

const isDialogOpen = (): boolean => document.querySelector('[role="dialog"]') !== null

export function KeysProvider({ children }: { readonly children: ReactNode }) {
  const groups = useRef<readonly (() => readonly KeyAction[])[]>([])
  const board = useMemo<KeyBoard>(
    () => ({
      add(actions) {
        groups.current = [actions, ...groups.current]
        return () => {
          groups.current = groups.current.filter((one) => one !== actions)
        }
      },
      list: () => groups.current.flatMap((actions) => actions()),
    }),
    [],
  )
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.isComposing || isDialogOpen()) return
      const combo = comboOf(event)
      const action = board.list().find((one) => one.combo === combo)
      if (action === undefined) return
      if (isField(event.target, combo) && action.isInFields === false) return
      event.preventDefault()
      action.run()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [board])
  return <KeysContext value={board}>{children}</KeysContext>
}

export function useKeyBoard(): KeyBoard {
  const board = useContext(KeysContext)
  if (board === null) throw new Error('KeysProvider is missing')
  return board
}

export function useKeys(actions: readonly KeyAction[]): void {
  const board = useKeyBoard()
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })
  useEffect(() => board.add(() => latest.current), [board])
}
