/** perform(), typed by the operation. */
import type { Desk, Failure, PerformRequest, Receipt } from '../../contract/desk-api.ts'
import type { Finding } from '../../domain/operation.ts'
import type { OperationKind, PayloadOf, SummaryOf } from '../../domain/operations/index.ts'
import type { Tone } from './desk-api.ts'
import { failureOf } from './desk-failure.ts'

export type GivenOverride = PerformRequest['overrides'][number]

export interface Intention<K extends OperationKind> {
  /** Made once per intention; the same id again gives the first receipt. */
  readonly requestId: string
  readonly kind: K
  readonly payload: PayloadOf<K>
  readonly overrides: readonly GivenOverride[]
  /** Of the reader at the desk, where one is served. */
  readonly visit?: NonNullable<PerformRequest['visit']>
}

export type ReceiptOf<K extends OperationKind> = Omit<Receipt, 'summary' | 'findings'> & {
  readonly findings: readonly Finding[]
  readonly summary: SummaryOf<K>
}

/** A receipt, or why there is none. */
export type Answer<K extends OperationKind> =
  | { readonly receipt: ReceiptOf<K>; readonly failure: null }
  | { readonly receipt: null; readonly failure: Failure }

export const perform = <K extends OperationKind>(
  desk: Desk,
  intention: Intention<K>,
): Promise<Answer<K>> => asked(desk, intention, false)

/** What would be said if it were done now; nothing is done. */
export const preview = <K extends OperationKind>(
  desk: Desk,
  intention: Intention<K>,
): Promise<Answer<K>> => asked(desk, intention, true)

async function asked<K extends OperationKind>(
  desk: Desk,
  { overrides, ...intention }: Intention<K>,
  isDryRun: boolean,
): Promise<Answer<K>> {
  try {
    const request = { ...intention, overrides: [...overrides], isDryRun }
    const receipt = await desk.perform(request)
    return { receipt: receipt as unknown as ReceiptOf<K>, failure: null }
  } catch (thrown) {
    return { receipt: null, failure: failureOf(thrown).failure }
  }
}

export const newRequestId = (): string => crypto.randomUUID()

interface Spoken {
  readonly outcome: Receipt['outcome']
  readonly findings: readonly Pick<Finding, 'level'>[]
}

/** What a receipt looks and sounds like. Notes stay in the text; a whole verdict of notes is the screen's choice. */
export function toneOf({ outcome, findings }: Spoken): Tone {
  if (outcome === 'refused') return 'stop'
  if (outcome === 'needs-override') return 'needs-you'
  return findings.some((finding) => finding.level === 'alert') ? 'needs-you' : 'done'
}
