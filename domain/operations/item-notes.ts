/** What stands on an item for whoever has it in hand. Rules L25 and L27 of docs/rules.md. */
import { alert } from '../operation.ts'
import type { Finding } from '../operation.ts'
import type { Item } from '../records.ts'

export function itemNotes(item: Item | null): Finding[] {
  if (item === null) return []
  const { partsCount, missingParts, alertNote } = item
  const found: Finding[] = []
  if (missingParts !== null) {
    found.push(
      alert('parts-missing', 'L25', { params: { parts: partsCount, missing: missingParts } }),
    )
  } else if (partsCount > 1) {
    found.push(alert('parts-to-count', 'L25', { params: { parts: partsCount } }))
  }
  if (alertNote !== null) found.push(alert('item-note', 'L27', { params: { note: alertNote } }))
  return found
}
