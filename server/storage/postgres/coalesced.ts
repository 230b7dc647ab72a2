/**
 * One question for all keys that are asked for before the event loop turns. The operations of a
 * batch gather their facts side by side: 500 of them ask about 20 questions instead of 4,000.
 */
export function coalesced<Key, Answer>(
  ask: (keys: readonly Key[]) => Promise<readonly Answer[]>,
): (key: Key) => Promise<Answer> {
  let waiting: {
    key: Key
    answered: (answer: Answer) => void
    failed: (error: unknown) => void
  }[] = []

  async function askAll(): Promise<void> {
    const asked = waiting
    waiting = []
    try {
      const answers = await ask(asked.map(({ key }) => key))
      for (const [index, { answered }] of asked.entries()) answered(answers[index] as Answer)
    } catch (error) {
      for (const { failed } of asked) failed(error)
    }
  }

  return (key) =>
    new Promise((answered, failed) => {
      // Not a microtask: those that an answer wakes must all have asked their next question.
      if (waiting.length === 0) setImmediate(() => void askAll())
      waiting.push({ key, answered, failed })
    })
}
