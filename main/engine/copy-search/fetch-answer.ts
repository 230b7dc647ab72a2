/**
 * One answer of a server that nobody here runs: timed, counted while it comes, and never from
 * another host than the one that a reviewer entered.
 */
import { CopyFailure } from './copy-failure.ts'

/** Ten records of the format's longest, with their markup, and no more is ever held. */
const ANSWER_BYTES_MAX = 4 * 1024 * 1024
/** `http` → `https`, a path with a stroke behind it: of one host, and few. */
const REDIRECTS_MAX = 3

export interface FetchedAnswer {
  readonly bytes: Uint8Array
  /** As the header says; empty where it does not. */
  readonly contentType: string
}

/** Throws CopyFailure. `signal` ends it at any time: for a time-out its reason is a TimeoutError. */
export async function fetchAnswer(address: string, signal: AbortSignal): Promise<FetchedAnswer> {
  try {
    return await fetchHops(address, signal)
  } catch (error) {
    if (error instanceof CopyFailure) throw error
    if (signal.aborted) throw stoppedBy(signal)
    // Undici says `fetch failed`; why is in its cause.
    const cause =
      error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined
    throw new CopyFailure('unreachable', typeof cause?.code === 'string' ? cause.code : '')
  }
}

export const stoppedBy = ({ reason }: AbortSignal): CopyFailure =>
  new CopyFailure(
    reason instanceof Error && reason.name === 'TimeoutError' ? 'timed-out' : 'stopped',
  )

async function fetchHops(address: string, signal: AbortSignal): Promise<FetchedAnswer> {
  let url = new URL(address)
  for (let hop = 0; hop <= REDIRECTS_MAX; hop += 1) {
    const response = await fetch(url.href, {
      signal,
      redirect: 'manual',
      credentials: 'omit',
      headers: { accept: 'application/xml, text/xml;q=0.9, */*;q=0.1' },
    })
    const next = redirectOf(response, url)
    if (next === null) return await readAnswer(response)
    await response.body?.cancel()
    url = next
  }
  throw new CopyFailure('redirected', url.host)
}

/** Null where it is an answer. Throws CopyFailure where it leads elsewhere. */
function redirectOf({ status, headers }: Response, from: URL): URL | null {
  const location = headers.get('location')
  if (status < 300 || status > 399 || location === null) return null
  if (!URL.canParse(location, from.href)) throw new CopyFailure('redirected', '')
  const to = new URL(location, from.href)
  const isSafer = to.protocol === 'https:' || to.protocol === from.protocol
  if (to.hostname !== from.hostname || !isSafer) throw new CopyFailure('redirected', to.host)
  return to
}

async function readAnswer(response: Response): Promise<FetchedAnswer> {
  if (!response.ok) {
    await response.body?.cancel()
    throw new CopyFailure('refused-us', String(response.status))
  }
  const pieces: Uint8Array[] = []
  let length = 0
  // Unpacked already: a small packed answer that swells is cut here like any other.
  for await (const piece of response.body ?? []) {
    length += piece.length
    // Leaving the loop closes the line.
    if (length > ANSWER_BYTES_MAX) throw new CopyFailure('too-large')
    pieces.push(piece)
  }
  return { bytes: Buffer.concat(pieces), contentType: response.headers.get('content-type') ?? '' }
}
