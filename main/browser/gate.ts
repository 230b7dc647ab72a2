/**
 * The gate of the loopback shell: what may come in at all, before any route sees it.
 *
 * Any web page the desk visits, any program of another user on the same PC and any page on another
 * loopback port can reach this port (reference/security-reliability.md 2). Host stops rebinding,
 * Origin stops foreign pages, the bearer token stops everything else.
 */
import { createHash, timingSafeEqual } from 'node:crypto'

/** The parts of a request the gate looks at; those of node:http's IncomingMessage. */
export interface Arrival {
  readonly method: string
  readonly url: string
  readonly rawHeaders: readonly string[]
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** Where the shell lives, e.g. `127.0.0.1:41234`. */
export interface Place {
  readonly host: string
}

export type GateRefusal = 400 | 401 | 403 | 405 | 415 | 421

const countOf = (rawHeaders: readonly string[], name: string): number =>
  rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === name).length

/** Null lets it in. `isUpgrade` asks for an Origin even of a GET. */
export function gate(arrival: Arrival, place: Place, isUpgrade = false): GateRefusal | null {
  const { headers, method, url } = arrival
  const origin = `http://${place.host}`
  if (countOf(arrival.rawHeaders, 'host') !== 1 || headers['host'] !== place.host) return 421
  if (!url.startsWith('/')) return 400
  if (method !== 'GET' && method !== 'POST') return 405
  if (!isFromOurPage(arrival, isUpgrade)) return 403
  if (headers['origin'] !== undefined && headers['origin'] !== origin) return 403
  if ((method !== 'GET' || isUpgrade) && headers['origin'] !== origin) return 403
  return null
}

/**
 * What the browser says of where the request came from. Only the page itself may be opened from
 * elsewhere (typed, or from the private file that carries the one-time code): it holds no secret,
 * cannot be framed, and asks for the code before anything else.
 */
function isFromOurPage({ headers, method, url }: Arrival, isUpgrade: boolean): boolean {
  const site = headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin') return true
  if (method !== 'GET' || isUpgrade) return false
  if (site === 'none') return true
  const isNavigation =
    headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
  return url === '/' && isNavigation
}

/** A body must call itself JSON, so that no form and no simple request can carry one. */
export const isJsonBody = ({ headers }: Arrival): boolean =>
  /^application\/json(?:\s*;|$)/.test(String(headers['content-type'] ?? ''))

/** Equal in constant time, whatever the lengths. */
export function isSameSecret(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}

/** The token of a WebSocket: its second sub-protocol, because a page can set no header there. */
export const tokenOfUpgrade = ({ headers }: Arrival): string =>
  String(headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((text) => text.trim())[1] ?? ''
