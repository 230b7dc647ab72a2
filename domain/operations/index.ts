/** The only list of operations. */
import type { z } from 'zod'
import type { OperationSpec } from '../operation.ts'
import { checkIn } from './check-in.ts'
import { checkOut } from './check-out.ts'
import { importTitles } from './import-titles.ts'
import { markDamaged } from './mark-damaged.ts'
import { registerReader } from './register-reader.ts'
import { renew } from './renew.ts'
import { settleException } from './settle-exception.ts'
import { undoOf } from './undo.ts'

const undoable = {
  [checkOut.kind]: checkOut,
  [checkIn.kind]: checkIn,
  [renew.kind]: renew,
  [markDamaged.kind]: markDamaged,
  [registerReader.kind]: registerReader,
  [settleException.kind]: settleException,
  [importTitles.kind]: importTitles,
} as const

const undo = undoOf((kind) =>
  Object.hasOwn(undoable, kind) ? undoable[kind as keyof typeof undoable].permission : null,
)

export const operations = { ...undoable, [undo.kind]: undo } as const

export type OperationKind = keyof typeof operations
export type PayloadOf<K extends OperationKind> = z.infer<(typeof operations)[K]['payload']>
export type SummaryOf<K extends OperationKind> = z.infer<(typeof operations)[K]['summary']>

/** Any operation, its payload and summary not known at compile time. */
export type AnyOperation = OperationSpec<OperationKind, unknown, unknown>

export const operationKinds = Object.keys(operations) as OperationKind[]

export const isOperationKind = (kind: string): kind is OperationKind =>
  Object.hasOwn(operations, kind)

/** The operation of this kind, to be fed with payloads that its own schema has parsed. */
export const operationOf = (kind: OperationKind): AnyOperation =>
  operations[kind] as unknown as AnyOperation
