import { Failure } from '../../contract/desk-api.ts'

/** A call that got no answer, and why. `detail` names the place in the request, never a value. */
export class DeskFailure extends Error {
  readonly failure: Failure
  readonly detail: string

  constructor(failure: Failure, detail: string) {
    super(`${failure}: ${detail}`)
    this.name = 'DeskFailure'
    this.failure = failure
    this.detail = detail
  }
}

/**
 * The failure behind anything a bridge rejected with. Electron's context bridge keeps only the
 * message of an error, so `failure: detail` is read back from it; a defect counts as a stopped engine.
 */
export function failureOf(thrown: unknown): { failure: Failure; detail: string } {
  if (thrown instanceof DeskFailure) return { failure: thrown.failure, detail: thrown.detail }
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  const [head = '', ...rest] = message.split(': ')
  const named = Failure.safeParse(head)
  return named.success
    ? { failure: named.data, detail: rest.join(': ') }
    : { failure: 'engine-stopped', detail: message.slice(0, 500) }
}
