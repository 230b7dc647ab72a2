/** The key of a button, shown on it; readers of the screen get it from aria-keyshortcuts. */
export function KeyHint({ combo }: { readonly combo: string }) {
  const shown = combo
    .replace('Control', 'Ctrl')
    // The rail has room for the sign alone.
    .replace('+Shift+', '⇧')
    .replace('Escape', 'Esc')
    .replace('ArrowUp', '↑')
    .replace('ArrowDown', '↓')
    .replace(/^ $/, '␣')
    .replace(
      /(^|[+⇧])([a-z])$/,
      (_, before: string, letter: string) => before + letter.toUpperCase(),
    )
  return (
    <kbd className="cd-key" aria-hidden>
      {shown}
    </kbd>
  )
}
