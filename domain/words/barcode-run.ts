/** Labels as they come off a roll: the serial goes up by one, everything before it stays. */

/**
 * The serial behind a library's code (reference/domain-cn.md 2.5). Longer runs of digits are not
 * counted through: the next label after 044005 99999999 would be another library's.
 */
const SERIAL = /^(.*?)(\d{1,8})$/u

interface Split {
  readonly before: string
  readonly serial: string
}

function split(label: string): Split | null {
  const [, before, serial] = SERIAL.exec(label) ?? []
  return before === undefined || serial === undefined ? null : { before, serial }
}

/** `count` labels from `first` on; null where it ends in no serial or the serial runs out. */
export function barcodeRun(first: string, count: number): readonly string[] | null {
  const parts = split(first)
  if (parts === null) return count === 1 ? [first] : null
  const { before, serial } = parts
  const from = Number(serial)
  if (String(from + count - 1).length > serial.length) return null
  return Array.from(
    { length: count },
    (_, index) => before + String(from + index).padStart(serial.length, '0'),
  )
}

/** How many labels lie from `first` to `last`, both counted; null where they are of no one roll. */
export function barcodeRunLength(first: string, last: string): number | null {
  const [one, other] = [split(first), split(last)]
  if (one === null || other === null) return null
  if (one.before !== other.before || one.serial.length !== other.serial.length) return null
  const length = Number(other.serial) - Number(one.serial) + 1
  return length < 1 ? null : length
}
