/**
 * Tags whose security is to follow their item's loan: written down before the pad is asked, struck
 * out when it was read back. A book that was lifted too early, a pad that went, a power cut in
 * between — what is still written down is owed, and paid when the tag lies on any pad. Once the tag
 * is away the city is told, and whichever desk has it next pays for this one (G1, G2).
 */
import { z } from 'zod'
import type { Outbox } from '../../db/outbox/outbox.ts'
import { SecurityDebt } from '../../contract/pad-shapes.ts'

const SETTING = 'security-debts'
/** Books that were never brought back to a pad; the oldest makes room. */
const DEBTS_MAX = 500

const OwnDebt = SecurityDebt.omit({ toldByBranchId: true }).extend({
  /** The city knows it. An earlier program told nobody. */
  isTold: z.boolean().default(false),
})
export type OwnDebt = z.infer<typeof OwnDebt>
const StoredDebts = z.array(OwnDebt)

export interface SecurityDebts {
  readonly all: () => readonly OwnDebt[]
  readonly of: (uid: string) => OwnDebt | null
  readonly owe: (debt: OwnDebt) => void
  readonly pay: (uid: string) => void
}

export function openSecurityDebts(outbox: Pick<Outbox, 'setting' | 'saveSetting'>): SecurityDebts {
  const text = outbox.setting(SETTING)
  let debts: readonly OwnDebt[] = text === null ? [] : StoredDebts.parse(JSON.parse(text))
  const save = (next: readonly OwnDebt[]): void => {
    debts = next.slice(-DEBTS_MAX)
    outbox.saveSetting(SETTING, debts.length === 0 ? null : JSON.stringify(debts))
  }
  return {
    all: () => debts,
    of: (uid) => debts.find((debt) => debt.uid === uid) ?? null,
    owe: (debt) => save([...debts.filter(({ uid }) => uid !== debt.uid), debt]),
    pay: (uid) => save(debts.filter((debt) => debt.uid !== uid)),
  }
}
