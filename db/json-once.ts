/**
 * JSON of what several stores write: an import's operation is 300 KB, its changes as much again, and
 * outbox, journal and replica would each make the text anew. Only for values that nobody changes.
 */
const textByValue = new WeakMap<object, string>()

export function jsonOnce(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null)
  const known = textByValue.get(value)
  if (known !== undefined) return known
  const text = JSON.stringify(value)
  textByValue.set(value, text)
  return text
}

/** `text`: JSON of `value`, its keys in whatever order, from somebody who needed it before. */
export function knowJson(value: object, text: string): void {
  textByValue.set(value, text)
}
