/** When a lending falls due, as the screen and the slip say it. */
import { dueText } from '../../../domain/words/due-date.ts'
import type { LendReceipt } from './lend-state.ts'

export const dueTextOf = ({ dueOn, dueAt }: LendReceipt['summary']): string =>
  dueText({ on: dueOn, at: dueAt })
