/** A call that cannot be answered, for a reason the screen has words for. */
import type { Failure } from '../../contract/desk-api.ts'

export class DeskFailure extends Error {
  readonly failure: Failure

  /** `detail` names the place of the trouble, never a value: it may reach a log. */
  constructor(failure: Failure, detail: string) {
    super(detail)
    this.name = 'DeskFailure'
    this.failure = failure
  }
}
