/** How long a silent line is waited for. An answer that is slow but keeps coming is not silent. */
export interface Silence {
  /** Aborted when nothing was heard for too long. */
  readonly signal: AbortSignal
  /** Something came: the wait begins anew. */
  readonly broken: () => void
  /** Nothing more is waited for. */
  readonly end: () => void
}

/** For `firstMs`, then for `nextMs` between two pieces. */
export function openSilence(firstMs: number, nextMs: number): Silence {
  const ending = new AbortController()
  const abort = (): void => ending.abort()
  let timer = setTimeout(abort, firstMs)
  return {
    signal: ending.signal,
    broken() {
      clearTimeout(timer)
      timer = setTimeout(abort, nextMs)
    },
    end: () => clearTimeout(timer),
  }
}
