import { useTranslation } from 'react-i18next'
import { useSyncStatusQuery } from '../../app/desk-api.ts'
import { titled, wordsOfFinding } from '../../app/words.ts'
import { ToneBanner } from '../../ui/tone.tsx'
import { isGiven } from './returns.ts'
import type { Returns } from './returns.ts'

/** What came of giving back; before the first there is nothing to say. */
export function ReturnsVerdict({ returns }: { readonly returns: Returns }) {
  const { t, i18n } = useTranslation()
  const { data: sync } = useSyncStatusQuery({})
  const { answers, progress } = returns
  if (progress !== null) {
    const word = t('leases.giving', progress)
    return <ToneBanner tone="working" word={word} detail="" testId="verdict" />
  }
  if (answers.length === 0) return null
  const givenCount = answers.filter(isGiven).length
  const failed = answers.find((one) => !isGiven(one))
  if (failed === undefined) {
    const detail = sync?.connection === 'online' ? '' : t('leases.offlineGiven')
    const word = t('leases.given', { count: givenCount })
    return <ToneBanner tone="done" word={word} detail={detail} testId="verdict" />
  }
  const [finding] = failed.receipt?.findings ?? []
  const words = finding && wordsOfFinding(t, i18n.language, finding)
  const why =
    words === undefined
      ? failed.failure === null
        ? ''
        : t(`failure.${failed.failure}.title`)
      : titled(t, i18n.language, words.title, [words.what, words.next])
  const word = t('leases.notGiven', { count: answers.length - givenCount })
  return <ToneBanner tone="stop" word={word} detail={why} testId="verdict" />
}
