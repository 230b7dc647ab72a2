/**
 * Shapes of payloads that programs still in use may send, or a desk still has in its log from before
 * its own update. An upload is never refused for the age of the program (reference/sync-engines.md
 * 3.13): each step is kept 24 months after the last program that wrote its old shape.
 */
import type { OperationKind } from './index.ts'

interface Step {
  readonly kind: OperationKind
  /** To the version after this one. */
  readonly from: number
  /** The last program that wrote it, YYYY-MM-DD of its release. */
  readonly lastWrittenOn: string
  readonly upcast: (payload: Readonly<Record<string, unknown>>) => unknown
}

const steps: readonly Step[] = [
  {
    // 2 says which note the new one replaces; who did not say overwrote whatever was there.
    kind: 'item.mark-damaged',
    from: 1,
    lastWrittenOn: '2026-11-22',
    upcast: ({ item, note }) => ({ item, note }),
  },
  {
    // 2 may be for the reading room.
    kind: 'loan.check-out',
    from: 1,
    lastWrittenOn: '2026-11-23',
    upcast: ({ barcode, card, dueOn }) => ({ barcode, card, dueOn }),
  },
  {
    // 2 may be a use in the building.
    kind: 'loan.check-in',
    from: 1,
    lastWrittenOn: '2026-11-23',
    upcast: ({ barcode, returnedOn }) => ({ barcode, returnedOn }),
  },
  {
    // 2 covers several fees, in part, and says how it was paid.
    kind: 'payment.take',
    from: 1,
    lastWrittenOn: '2026-11-23',
    upcast: ({ reader, fee, amountFen }) => ({
      reader,
      fees: [{ fee, amountFen }],
      tender: null,
      till: null,
    }),
  },
  {
    // 2 says how the money went back.
    kind: 'payment.refund',
    from: 1,
    lastWrittenOn: '2026-11-23',
    upcast: (payload) => ({ ...payload, tender: null, till: null }),
  },
  {
    // 2 may name a reader by the keyed hash of their ID number.
    kind: 'reader.welcome',
    from: 1,
    lastWrittenOn: '2026-11-23',
    upcast: ({ card }) => ({ card }),
  },
  {
    // 2 says whose book number it is; before, a call number was only typed.
    kind: 'item.add',
    from: 1,
    lastWrittenOn: '2026-11-23',
    upcast: (payload) => ({ ...payload, bookNumber: null }),
  },
]

const currentVersions: Partial<Record<OperationKind, number>> = {
  'item.mark-damaged': 2,
  'loan.check-out': 2,
  'loan.check-in': 2,
  'payment.take': 2,
  'payment.refund': 2,
  'reader.welcome': 2,
  'item.add': 2,
}

/** What programs of today write. */
export const payloadVersionOf = (kind: OperationKind): number => currentVersions[kind] ?? 1

export type Upcast = { readonly payload: unknown } | 'unknown-version'

/** The payload in the shape of today, to be parsed; `unknown-version` where no way leads there. */
export function upcastPayload(kind: OperationKind, version: number, payload: unknown): Upcast {
  return upcastBy(steps, kind, version, payloadVersionOf(kind), payload)
}

/** `steps` are given by tests. */
export function upcastBy(
  given: readonly Step[],
  kind: OperationKind,
  version: number,
  current: number,
  payload: unknown,
): Upcast {
  let shaped = payload
  for (let now = version; now !== current; now += 1) {
    const step = given.find((one) => one.kind === kind && one.from === now)
    if (step === undefined) return 'unknown-version'
    // What is no object fits no shape; parsing says so.
    if (typeof shaped !== 'object' || shaped === null) return { payload: shaped }
    shaped = step.upcast(shaped as Readonly<Record<string, unknown>>)
  }
  return { payload: shaped }
}

/** For the test that a step is not taken out too early. */
export const upcastSteps = steps
