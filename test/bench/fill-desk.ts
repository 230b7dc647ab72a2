import type { Change } from '../../domain/change.ts'
import type { Headless } from '../../main/engine/headless.ts'

const PAGE = 5_000

/** Records in pages, as the feed of the desk's branch brings them. */
export function fillDesk(desk: Headless, records: Iterable<Change>): void {
  let number = 0
  let changes: Change[] = []
  const apply = (): void => {
    number += 1
    desk.stores.replica.applyPage({
      entries: [{ scope: 'branch:local', number, changes }],
      settled: [],
      redecide: () => [],
    })
    changes = []
  }
  for (const record of records) {
    if (changes.push(record) === PAGE) apply()
  }
  if (changes.length > 0) apply()
}
