import { expect, test } from 'vitest'
import { operationKinds, operationOf } from './index.ts'
import { payloadVersionOf, upcastBy, upcastPayload, upcastSteps } from './payload-versions.ts'

test('damage as programs of version 1 wrote it is taken today', () => {
  const old = { item: 'item-1', note: '封面脱落' }
  const upcast = upcastPayload('item.mark-damaged', 1, old)
  if (upcast === 'unknown-version') throw new Error(upcast)
  expect(operationOf('item.mark-damaged').payload.parse(upcast.payload)).toEqual(old)
})

test.each([
  [
    'payment.take',
    { reader: 'reader-1', fee: 'fee-1', amountFen: 90 },
    {
      reader: 'reader-1',
      fees: [{ fee: 'fee-1', amountFen: 90 }],
      tender: null,
      till: null,
    },
  ],
  [
    'payment.refund',
    { reader: 'reader-1', entry: 'entry-1', amountFen: 90, reason: '免收' },
    {
      reader: 'reader-1',
      entry: 'entry-1',
      amountFen: 90,
      reason: '免收',
      tender: null,
      till: null,
    },
  ],
] as const)('%s as programs of version 1 wrote it: nobody said how', (kind, old, today) => {
  const upcast = upcastPayload(kind, 1, old)
  if (upcast === 'unknown-version') throw new Error(upcast)
  expect(operationOf(kind).payload.parse(upcast.payload)).toEqual(today)
})

test('steps are taken one after another', () => {
  const step = (from: number, upcast: (payload: Record<string, unknown>) => unknown) => ({
    kind: 'loan.renew' as const,
    from,
    lastWrittenOn: '2026-01-01',
    upcast,
  })
  const steps = [
    step(1, ({ loan }) => ({ loanId: loan, days: 30 })),
    step(2, ({ loanId, days }) => ({ loanId, weeks: Math.ceil((days as number) / 7) })),
  ]
  const upcast = (version: number, payload: unknown) =>
    upcastBy(steps, 'loan.renew', version, 3, payload)
  expect(upcast(1, { loan: 'l1' })).toEqual({ payload: { loanId: 'l1', weeks: 5 } })
  expect(upcast(2, { loanId: 'l1', days: 7 })).toEqual({ payload: { loanId: 'l1', weeks: 1 } })
  expect(upcast(3, { loanId: 'l1', weeks: 2 })).toEqual({ payload: { loanId: 'l1', weeks: 2 } })
  expect(upcast(4, {})).toBe('unknown-version')
  expect(upcast(0, {})).toBe('unknown-version')
  expect(upcast(1, 'no object')).toEqual({ payload: 'no object' })
})

test.each(operationKinds)('every version of %s that is in use leads to today', (kind) => {
  const gone = upcastSteps.filter((one) => one.kind === kind).map(({ from }) => from)
  const current = payloadVersionOf(kind)
  // Steps of before are taken out from the oldest on: what is left has no gap up to today.
  expect(gone).toEqual(gone.map((_, n) => current - gone.length + n))
})
