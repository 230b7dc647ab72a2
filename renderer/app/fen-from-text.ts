/** Whole yuan and fen as typed; null where it is no amount. */
export function fenFromText(text: string): number | null {
  const trimmed = text.trim()
  return /^\d{1,6}(?:\.\d{1,2})?$/.test(trimmed) ? Math.round(Number(trimmed) * 100) : null
}
