/**
 * A log that must not go on under its epoch, noticed before the city is asked: these databases were
 * copied, or some of the log is lost for good. What was done up to then may still be sent as it is.
 */
import type { Outbox } from './outbox.ts'

const SETTING = 'anew-after'

export interface AnewAfter {
  readonly epoch: number
  /** The last that may be sent under the epoch: whoever else has it, has the same. */
  readonly seq: number
  readonly reason: 'copied' | 'log-lost'
}

/** The next contact begins a new epoch. Of two reasons the first stays. */
export function startAnewAfter(outbox: Outbox, reason: AnewAfter['reason']): void {
  const identity = outbox.identity()
  if (identity === null || anewAfter(outbox) !== null) return
  const anew: AnewAfter = { epoch: identity.epoch, seq: outbox.lastSeq(), reason }
  outbox.saveSetting(SETTING, JSON.stringify(anew))
}

/** Null where the present epoch may go on. */
export function anewAfter(outbox: Outbox): AnewAfter | null {
  const text = outbox.setting(SETTING)
  if (text === null) return null
  const anew = JSON.parse(text) as AnewAfter
  return anew.epoch === outbox.identity()?.epoch ? anew : null
}
