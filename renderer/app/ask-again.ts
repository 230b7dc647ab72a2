import { deskApi } from './desk-api.ts'
import type { Tag } from './desk-api.ts'
import type { Store } from './store.ts'

/**
 * What the news touches is asked again. A question that is in the air may have been looked up before
 * the news and be answered after it, by the thread that searches: it is asked once more when its
 * answer is here. Asked now, it would be taken for the one that is in the air.
 */
export function askAgain(store: Store, tags: readonly Tag[]): void {
  const inTheAir = store.dispatch(deskApi.util.getRunningQueriesThunk())
  store.dispatch(deskApi.util.invalidateTags([...tags]))
  for (const asked of inTheAir) {
    void asked.then(() => {
      const touched = deskApi.util.selectInvalidatedBy(store.getState(), [...tags])
      if (touched.some(({ queryCacheKey }) => queryCacheKey === asked.queryCacheKey)) {
        void asked.refetch()
      }
    })
  }
}
