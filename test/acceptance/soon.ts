/**
 * For `expect.poll`: what the screen will say, as soon as it says it. Long enough for the slowest
 * machine; nothing is measured by it.
 */
export const soon = { timeout: 20_000, interval: 30 } as const
