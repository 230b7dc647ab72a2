/** The due date that was told when it happened: it stands, whatever is decided later (I28). */
import type { Ctx } from '../operation.ts'
import type { EffectiveDue } from '../policy/effective-due.ts'

/** Null where it is being decided the first time. */
export const promisedDue = ({ promised }: Ctx): EffectiveDue | null =>
  promised.dueOn === undefined ? null : { on: promised.dueOn, at: promised.dueAt ?? null }
