import {
  CheckCircleFilled,
  CloseCircleFilled,
  ExclamationCircleFilled,
  InfoCircleFilled,
  LoadingOutlined,
} from '@ant-design/icons'

export type ToneName = 'done' | 'needs-you' | 'stop' | 'noted' | 'working'

const icons = {
  done: CheckCircleFilled,
  'needs-you': ExclamationCircleFilled,
  stop: CloseCircleFilled,
  noted: InfoCircleFilled,
  working: LoadingOutlined,
} as const satisfies Record<ToneName, unknown>

/** Colour, shape and word together: each is enough alone. */
export function ToneMark({ tone, word }: { readonly tone: ToneName; readonly word: string }) {
  const Icon = icons[tone]
  return (
    <span className={`cd-mark cd-tone-${tone}`} data-tone={tone}>
      <Icon aria-hidden />
      <span>{word}</span>
    </span>
  )
}

export function ToneIcon({ tone }: { readonly tone: ToneName }) {
  const Icon = icons[tone]
  return <Icon className={`cd-tone-icon cd-tone-${tone}`} aria-hidden />
}

interface ToneBannerProps {
  readonly tone: ToneName
  readonly word: string
  readonly detail: string
  readonly testId: string
  /** In a corner, in small letters, and not read out: what the verdict rests on. */
  readonly foot?: string
}

/** The large verdict; its height never changes, so nothing moves when it speaks. */
export function ToneBanner({ tone, word, detail, testId, foot = '' }: ToneBannerProps) {
  return (
    <div
      className={`cd-banner cd-tone-${tone}`}
      data-tone={tone}
      data-testid={testId}
      data-foot={foot}
      role="status"
      aria-live="assertive"
      aria-atomic="true"
    >
      <ToneIcon tone={tone} />
      <div className="cd-banner-text">
        <strong>{word}</strong>
        <span>{detail}</span>
      </div>
    </div>
  )
}
