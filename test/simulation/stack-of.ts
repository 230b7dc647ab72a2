/** Where an error came from, on one line of the report. */
export const stackOf = (error: unknown): string =>
  error instanceof Error
    ? (error.stack ?? error.message).split('\n').slice(0, 22).join(' | ')
    : String(error)
