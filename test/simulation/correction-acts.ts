/** What is done to records without a draft: one correction for many, and records copied from elsewhere. */
import type { Stores } from '../../main/engine/stores.ts'
import { told as aTarget } from '../builders/copy-target.ts'
import { aGoodRecord } from '../builders/good-record.ts'
import type { Doing } from './act.ts'
import { titlesPublished } from './draft-acts.ts'
import type { Random } from './random.ts'

/** Null where there is nothing of the kind to be done here. */
export function withCorrections(random: Random, stores: Stores): Doing | null {
  return random.chance(0.6) ? correcting(random, stores) : copying(random, stores)
}

const fixes = [
  { does: 'set', tag: '300', code: 'a', value: '馆藏有钤印' },
  { does: 'set', tag: '300', code: 'a', value: '有水渍' },
  { does: 'delete', tag: '300', code: 'a' },
] as const

function correcting(random: Random, { replica, outbox }: Stores): Doing | null {
  if (random.chance(0.4)) {
    const last = outbox.lastSeq()
    const before = Array.from({ length: 12 }, (_, back) => outbox.bySeq(last - back))
    const made = before.find((one) => one?.kind === 'title.correct')
    if (made) return { kind: 'title.take-back', payload: { operation: made.id } }
  }
  const titles = [...titlesPublished(replica.rows.select('draft', 'ORDER BY id LIMIT 30'))]
  if (titles.length === 0) return null
  const payload = { batch: 'one', fix: random.pick(fixes), year: 2026, titles }
  return { kind: 'title.correct', payload }
}

function copying(random: Random, { replica }: Stores): Doing {
  const [target = null] = replica.rows.select('copy-target', 'ORDER BY id LIMIT 1')
  if (target === null || random.chance(0.15)) {
    const of = target === null ? null : { target: target.id, revision: target.revision }
    return { kind: 'copying.save-target', payload: { ...aTarget, isTrusted: true, of } }
  }
  const number = `001  01202100000${random.int(2, 4)}`
  return {
    kind: 'title.copy',
    payload: { target: target.id, profile: 'cnmarc', ...aGoodRecord(number) },
  }
}
