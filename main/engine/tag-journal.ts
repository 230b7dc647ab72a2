/**
 * Tags that are being written: what was on them and what shall be, written down before the first
 * block is touched and struck out when it was read back. A tag that was lifted in the middle, or
 * whose desk lost its power, says nothing that can be believed; with this it is finished when it lies
 * on a pad again.
 */
import { z } from 'zod'
import type { Outbox } from '../../db/outbox/outbox.ts'

const SETTING = 'tag-writes'
/** Tags that were never brought back; the oldest makes room. */
const OPEN_MAX = 200

const Hex = z.string().regex(/^(?:[0-9a-f]{2})*$/)
const OpenTagWrite = z.strictObject({
  uid: z.string(),
  barcode: z.string(),
  before: Hex,
  after: Hex,
  afi: z.int(),
  since: z.number(),
})
export type OpenTagWrite = z.infer<typeof OpenTagWrite>
const StoredWrites = z.array(OpenTagWrite)

export interface TagJournal {
  readonly all: () => readonly OpenTagWrite[]
  readonly of: (uid: string) => OpenTagWrite | null
  readonly begin: (write: OpenTagWrite) => void
  readonly end: (uid: string) => void
}

export function openTagJournal(outbox: Pick<Outbox, 'setting' | 'saveSetting'>): TagJournal {
  const text = outbox.setting(SETTING)
  let open: readonly OpenTagWrite[] = text === null ? [] : StoredWrites.parse(JSON.parse(text))
  const save = (next: readonly OpenTagWrite[]): void => {
    open = next.slice(-OPEN_MAX)
    outbox.saveSetting(SETTING, open.length === 0 ? null : JSON.stringify(open))
  }
  return {
    all: () => open,
    of: (uid) => open.find((write) => write.uid === uid) ?? null,
    begin: (write) => save([...open.filter(({ uid }) => uid !== write.uid), write]),
    end: (uid) => save(open.filter((write) => write.uid !== uid)),
  }
}
