import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { OfflineFile } from '../../../contract/offline-shapes.ts'
import { dayAndTime } from '../../app/words.ts'
import { ToneBanner } from '../../ui/tone.tsx'
import type { ToneName } from '../../ui/tone.tsx'

export const toRecord = ({ state, counts }: OfflineFile): number =>
  state === 'ready' ? counts.fits + counts.clashes : 0

const recordedOf = ({ counts }: OfflineFile): number => counts.recorded + counts['recorded-broken']

type Verdict = 'ready' | 'readyWithClashes' | 'nothing' | 'repeated' | 'refused' | AfterWord
type AfterWord = 'done' | 'doneWithClashes' | 'stopped' | 'failed'

function verdictOf(file: OfflineFile): Verdict {
  const { state, counts } = file
  if (state === 'refused' || state === 'stopped' || state === 'failed') return state
  if (state === 'done') return counts['recorded-broken'] > 0 ? 'doneWithClashes' : 'done'
  if (toRecord(file) === 0) return counts.repeated > 0 ? 'repeated' : 'nothing'
  return counts.clashes > 0 ? 'readyWithClashes' : 'ready'
}

const toneByVerdict = {
  ready: 'done',
  readyWithClashes: 'needs-you',
  nothing: 'stop',
  repeated: 'noted',
  refused: 'stop',
  done: 'done',
  doneWithClashes: 'needs-you',
  stopped: 'needs-you',
  failed: 'stop',
} as const satisfies Record<Verdict, ToneName>

function detailOf(t: TFunction, file: OfflineFile, verdict: Verdict): string {
  const count = recordedOf(file)
  switch (verdict) {
    case 'refused':
      return file.refusal === null ? '' : t(`offline.refusal.${file.refusal}`)
    case 'ready':
    case 'readyWithClashes':
      return t('offline.detail.ready', { count: toRecord(file) })
    case 'nothing':
      return t('offline.detail.nothing')
    case 'repeated':
      return t('offline.detail.repeated', { time: dayAndTime(file.repeatedSince ?? 0) })
    case 'done':
    case 'doneWithClashes':
      return t('offline.detail.done', { count, broken: file.counts['recorded-broken'] })
    case 'stopped':
    case 'failed':
      return t(`offline.detail.${verdict}`, { count })
  }
}

export function OfflineVerdict({ file }: { readonly file: OfflineFile | undefined }) {
  const { t } = useTranslation()
  if (file === undefined) {
    return (
      <ToneBanner
        tone="noted"
        word={t('offline.none')}
        detail={t('offline.noneHint')}
        testId="verdict"
      />
    )
  }
  if (file.state === 'checking' || file.state === 'recording') {
    return (
      <ToneBanner
        tone="working"
        word={t(`offline.${file.state}`)}
        detail={file.name}
        testId="verdict"
      />
    )
  }
  const verdict = verdictOf(file)
  return (
    <ToneBanner
      tone={toneByVerdict[verdict]}
      word={t(`offline.verdict.${verdict}`)}
      detail={detailOf(t, file, verdict)}
      testId="verdict"
    />
  )
}
