import { useState } from 'react'
import { useLocation } from 'react-router'

interface TypedHere {
  readonly isTypedHere: true
}

/** Goes with an address that only says what the box holds already. */
export const typedHere: TypedHere = { isTypedHere: true }

const isTypedHere = (state: unknown): state is TypedHere =>
  typeof state === 'object' && state !== null && 'isTypedHere' in state

/**
 * The text of a box whose address carries it as well. The box itself keeps it: an address changes
 * some milliseconds after a key, and what was typed meanwhile would be lost. Only an address that
 * came from elsewhere (a link, a step back) replaces what stands in the box.
 */
export function useTypedText(inAddress: string): readonly [string, (next: string) => void] {
  const { key, state } = useLocation() as { readonly key: string; readonly state: unknown }
  const [typed, setTyped] = useState(inAddress)
  const [keySeen, setKeySeen] = useState(key)
  if (key !== keySeen) {
    setKeySeen(key)
    if (!isTypedHere(state)) setTyped(inAddress)
  }
  return [typed, setTyped]
}
