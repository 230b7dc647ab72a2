import { expect } from 'vitest'

/** Long enough for the slowest machine; nothing is measured by it. */
const SOON_MS_MAX = 20_000

/** Expects of what the screen says as soon as it says it. */
export const soon = <T>(read: () => T) => expect.poll(read, { timeout: SOON_MS_MAX, interval: 30 })
