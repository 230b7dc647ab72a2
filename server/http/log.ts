/**
 * One JSON object per line on stderr. The type is the allow-list: no field of it can hold what a
 * reader is called, borrows or owes (I32).
 */
export interface LogLine {
  readonly event: 'request' | 'start' | 'stop' | 'failure' | 'live' | 'restored'
  readonly route: string | null
  readonly status: number | null
  readonly ms: number | null
  readonly device: string | null
  readonly requestId: string | null
  /** A refusal, or the name and place of a failure; never its message, which may quote rows. */
  readonly what: string | null
}

export type Log = (line: Partial<LogLine> & Pick<LogLine, 'event'>) => void

export const openLog =
  (write: (text: string) => void, now: () => number): Log =>
  ({ event, route, status, ms, device, requestId, what }) =>
    write(
      `${JSON.stringify({ at: new Date(now()).toISOString(), event, route, status, ms, device, requestId, what })}\n`,
    )

/** Name, code and the first frame of ours. */
export function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : ''
  const frame = /(server|contract|domain)\/[\w/.-]+:\d+/.exec(error.stack ?? '')?.[0]
  return `${error.name}${code}${frame === undefined ? '' : ` at ${frame}`}`
}
