/** `20150601`, `2015-6-1`, `2015年6月1日` → `2015-06-01`; null where it is no day of the calendar. */
export function dateFromText(text: string): string | null {
  const folded = text.normalize('NFKC').trim()
  const parts =
    /^(\d{4})(\d{2})(\d{2})$/.exec(folded) ?? /^(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*$/.exec(folded)
  const [, year, month, day] = parts ?? []
  if (year === undefined || month === undefined || day === undefined) return null
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return at.toISOString().startsWith(date) ? date : null
}
