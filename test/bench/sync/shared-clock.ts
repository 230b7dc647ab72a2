/** ms on a clock that all programs of this machine share; it never goes back. */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6
