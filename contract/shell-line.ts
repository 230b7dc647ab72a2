/**
 * What passes between Electron's preload bridge and its main process: two channels, for ever.
 * A page says hello once; the shell says when an engine stands behind its line and when none does.
 */
import type { Call, Reply } from './desk-api.ts'

/** Page → shell. */
export const CALL_CHANNEL = 'citydesk:call'
/** Shell → page. */
export const REPLY_CHANNEL = 'citydesk:reply'

/** The first message of each document; it ends the line of the document before it. */
export interface Hello {
  readonly line: 'hello'
}

export type LineState =
  /** An engine listens: what was watched is to be watched again. */
  | { readonly line: 'open' }
  /** The engine is gone: calls in the air have no answer, a new engine is on its way. */
  | { readonly line: 'closed' }

export type FromPage = Hello | Call
export type ToPage = LineState | Reply
