import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { keyOf } from '../change.ts'
import type { RecordKey } from '../change.ts'
import { keysOutgrown, planRebase } from './replica.ts'
import type { Pending } from './replica.ts'

const key = (id: string): RecordKey => keyOf('item', id)
const keys = fc.uniqueArray(
  fc.nat(24).map((id) => key(String(id))),
  { maxLength: 4 },
)
const queues = fc
  .array(keys, { maxLength: 12 })
  .map((rows) => rows.map((of, index): Pending => ({ seq: index + 1, keys: of })))

/** Operations joined to `touched` by shared keys, found by colouring instead of by growing. */
function joined(pending: readonly Pending[], touched: readonly RecordKey[]): number[] {
  const colour = new Map<RecordKey, RecordKey>()
  const root = (of: RecordKey): RecordKey => {
    const up = colour.get(of) ?? of
    return up === of ? of : root(up)
  }
  for (const { keys: held } of pending) {
    for (const one of held) colour.set(root(one), root(held[0] ?? one))
  }
  const roots = new Set(touched.map(root))
  return pending
    .filter((one) => one.keys.some((held) => roots.has(root(held))))
    .map(({ seq }) => seq)
}

describe('the plan of a rebase', () => {
  it('I12 replays the operations joined to the touched keys, all of them, in order', () => {
    fc.assert(
      fc.property(queues, keys, (pending, touched) => {
        expect(planRebase(pending, touched).replay).toEqual(joined(pending, touched))
      }),
    )
  })

  it('I12 every key of a replayed operation goes back to its base first', () => {
    fc.assert(
      fc.property(queues, keys, (pending, touched) => {
        const { restore, replay } = planRebase(pending, touched)
        const ofReplayed = pending
          .filter(({ seq }) => replay.includes(seq))
          .flatMap((one) => one.keys)
        expect(restore).toEqual(new Set([...touched, ...ofReplayed]))
      }),
    )
  })

  it('an operation that shares no key is left alone, and so are its keys', () => {
    fc.assert(
      fc.property(queues, keys, (pending, touched) => {
        const { restore, replay } = planRebase(pending, touched)
        const others = pending.filter(({ seq }) => !replay.includes(seq)).flatMap((one) => one.keys)
        expect(others.filter((one) => restore.has(one))).toEqual([])
      }),
    )
  })

  it('says the same for any order of the queue', () => {
    fc.assert(
      fc.property(queues, keys, (pending, touched) => {
        expect(planRebase(pending.toReversed(), touched)).toEqual(planRebase(pending, touched))
      }),
    )
  })

  it('reaches through a chain that runs against the order of the queue', () => {
    const pending = [
      { seq: 1, keys: [key('c'), key('d')] },
      { seq: 2, keys: [key('b'), key('c')] },
      { seq: 3, keys: [key('a'), key('b')] },
      { seq: 4, keys: [key('x')] },
    ]
    expect(planRebase(pending, [key('a')]).replay).toEqual([1, 2, 3])
  })
})

describe('keys that a replay outgrew', () => {
  const pending = [
    { seq: 1, keys: [key('a')] },
    { seq: 2, keys: [key('b')] },
  ]
  const plan = planRebase(pending, [key('a')])

  it.each([
    ['its own keys', ['a'], []],
    ['a key nobody holds', ['a', 'z'], []],
    ['a key that another operation holds', ['a', 'b'], ['b']],
  ])('%s', (_says, written, outgrown) => {
    expect(keysOutgrown(plan, written.map(key), pending)).toEqual(outgrown.map(key))
  })

  it('counted in, a plan is outgrown no more', () => {
    fc.assert(
      fc.property(queues, keys, keys, (queue, touched, written) => {
        const first = planRebase(queue, touched)
        const second = planRebase(queue, [...touched, ...keysOutgrown(first, written, queue)])
        expect(keysOutgrown(second, written, queue)).toEqual([])
      }),
    )
  })
})
