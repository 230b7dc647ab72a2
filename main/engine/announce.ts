/** Publishes topics to whoever watches. Broadcasts of state; nothing waits for an answer. */
import type { TopicName, TopicNews } from '../../contract/topics.ts'

export interface Announcer {
  readonly announce: <T extends TopicName>(topic: T, news: TopicNews<T>) => void
  /** Returns the way to stop. */
  readonly listen: (onNews: (topic: TopicName, news: unknown) => void) => () => void
}

export function createAnnouncer(): Announcer {
  const listeners = new Set<(topic: TopicName, news: unknown) => void>()
  return {
    announce(topic, news) {
      for (const listener of listeners) listener(topic, news)
    },
    listen(onNews) {
      listeners.add(onNews)
      return () => {
        listeners.delete(onNews)
      }
    },
  }
}
