/** Topics of work on the whole catalogue → state of its screens. */
import type { Desk } from '../../contract/desk-api.ts'
import type { TopicName, TopicNews } from '../../contract/topics.ts'
import { deskApi } from './desk-api.ts'
import { qualityApi } from './quality-api.ts'
import type { Store } from './store.ts'

export function listenToQuality(desk: Desk, dispatch: Store['dispatch']): void {
  const on = <T extends TopicName>(topic: T, tell: (news: TopicNews<T>) => void) =>
    desk.watch(topic, (news) => tell(news as TopicNews<T>))
  on('batch-progress', (news) => {
    dispatch(
      qualityApi.util.updateQueryData('batchJobs', {}, (jobs) => [
        news,
        ...jobs.filter(({ batchId }) => batchId !== news.batchId),
      ]),
    )
  })
  on('quality-progress', (news) => {
    const { scope, state } = news
    if (state !== 'running') dispatch(deskApi.util.invalidateTags(['quality']))
    else {
      dispatch(
        qualityApi.util.updateQueryData('qualityReport', { scope }, (report) => ({
          ...report,
          progress: news,
        })),
      )
    }
  })
}
