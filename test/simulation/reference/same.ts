/** Equality of plain values: the order of fields says nothing. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object') return false
  if (one === null || other === null || Array.isArray(one) !== Array.isArray(other)) return false
  const names = Object.keys(one)
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => isSame((one as never)[name], (other as never)[name]))
  )
}

/** The fields in which two rows differ, for the report of a broken invariant. */
export function differences(one: object | null, other: object | null): string {
  if (one === null || other === null) {
    return `${one === null ? 'none' : 'a row'} instead of ${other === null ? 'none' : 'a row'}`
  }
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names]
    .filter((name) => !isSame((one as never)[name], (other as never)[name]))
    .map((name) => {
      const [is, should] = [
        JSON.stringify((one as never)[name]),
        JSON.stringify((other as never)[name]),
      ]
      return `${name} ${is} instead of ${should}`
    })
    .join(', ')
}
