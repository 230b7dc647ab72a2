import { expect, test } from 'vitest'
import type { OperationBody } from '../../contract/sync-protocol.ts'
import type { StoredOperation } from '../../db/outbox/outbox.ts'
import { anOperation } from '../../test/builders/stores.ts'
import { CHAIN_START } from './last-shared.ts'
import { reissuesOf } from './reissue.ts'

const stored = (seq: number, payload: unknown, parts: Partial<StoredOperation> = {}) =>
  ({
    ...anOperation(seq, {
      body: { device: 'desk-a', epoch: 1, seq, payload, wallMs: 7, staff: 'x' },
    }),
    outcome: 'pending',
    positions: {},
    outcomeFindings: [],
    isSettled: false,
    undoneBy: null,
    answeredAt: null,
    ...parts,
  }) as StoredOperation

const end = { deviceId: 'desk-a', epoch: 2, lastSeq: 4, headHash: CHAIN_START }
const rules = { undoneWith: () => null, withRecovered: false }
const bodyOf = ({ operation }: { operation: { body: unknown } }) => operation.body as OperationBody

test('what was done stays what it was; what it is called by follows', () => {
  const tail = [
    stored(6, { barcode: 'b' }, { changes: [{ remove: 'loan', id: 'desk-a.1.6.r1' }] as never }),
    stored(7, {
      operation: 'desk-a.1.6',
      loans: ['desk-a.1.6.r1', 'desk-a.1.5.r1'],
      exception: { id: 'desk-a.1.6.x-double-return' },
      note: 'about desk-a.1.6 itself',
      count: 6,
    }),
  ]
  const [first, second] = reissuesOf(tail, end, {
    ...rules,
    undoneWith: (id) => (id === 'desk-a.1.7' ? 'desk-a.1.6' : null),
  })
  if (first === undefined || second === undefined) throw new Error('two were given')
  expect(first.operation).toMatchObject({
    id: 'desk-a.2.5',
    seq: 5,
    requestId: 'request-6',
    changes: [{ remove: 'loan', id: 'desk-a.2.5.r1' }],
  })
  expect(bodyOf(first)).toMatchObject({ epoch: 2, seq: 5, prevHash: CHAIN_START, wallMs: 7 })
  expect(bodyOf(second)).toMatchObject({ seq: 6, prevHash: first.operation.hash })
  expect(bodyOf(second).payload).toEqual({
    operation: 'desk-a.2.5',
    loans: ['desk-a.2.5.r1', 'desk-a.1.5.r1'],
    exception: { id: 'desk-a.2.5.x-double-return' },
    // Words are not names.
    note: 'about desk-a.1.6 itself',
    count: 6,
  })
  expect(second.undoes).toBe('desk-a.2.5')
})

test('what people were told names its records anew as well', () => {
  const tail = [stored(5, {}), stored(6, {})]
  const told = { holdId: 'desk-a.1.5.r1', dueOn: '2026-12-23' }
  Object.assign(tail[1]?.body as object, { promised: told })
  const [first, second] = reissuesOf(tail, end, rules)
  if (first === undefined || second === undefined) throw new Error('two were given')
  expect(bodyOf(first)).not.toHaveProperty('promised')
  expect(bodyOf(second).promised).toEqual({ ...told, holdId: 'desk-a.2.5.r1' })
})

test('what only came back from the city is told again where nobody else can', () => {
  const tail = [stored(6, {}, { requestId: 'recovered:desk-a.1.6' }), stored(7, {})]
  const numbered = (withRecovered: boolean) =>
    reissuesOf(tail, end, { ...rules, withRecovered }).map(({ operation, supersedes }) => [
      supersedes,
      operation.id,
      operation.requestId,
    ])
  expect(numbered(false)).toEqual([['desk-a.1.7', 'desk-a.2.5', 'request-7']])
  expect(numbered(true)).toEqual([
    ['desk-a.1.6', 'desk-a.2.5', 'again:desk-a.1.6'],
    ['desk-a.1.7', 'desk-a.2.6', 'request-7'],
  ])
})
