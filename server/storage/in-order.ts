type Answers<T extends readonly Promise<unknown>[]> = { [K in keyof T]: Awaited<T[K]> }

/**
 * Statements of one transaction that were sent behind each other. The first that failed makes those
 * after it fail: it is the cause, and what is thrown, whichever answer was looked at first.
 */
export async function inOrder<const T extends readonly Promise<unknown>[]>(
  statements: T,
): Promise<Answers<T>> {
  const settled = await Promise.allSettled(statements)
  for (const one of settled) if (one.status === 'rejected') throw one.reason
  return settled.map((one) => (one as PromiseFulfilledResult<unknown>).value) as Answers<T>
}
