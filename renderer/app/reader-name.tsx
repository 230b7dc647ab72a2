/** Names of readers: covered until somebody asks, for whoever stands behind sees the screen too. */
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isPlaceholderReader } from '../../domain/operations/placeholders.ts'
import { maskedName } from '../../domain/words/masked-name.ts'
import { KeyHint } from '../ui/key-hint.tsx'
import type { ReaderCard } from './reader-facts.tsx'
import { useRevealed } from './use-revealed.ts'
import type { Revealed } from './use-revealed.ts'

interface ReaderNameProps {
  readonly found: ReaderCard
  readonly revealed: Revealed
}

/** The reader at the desk; the screen has `Alt+v` for `revealed`. */
export function ReaderName({ found: { reader }, revealed }: ReaderNameProps) {
  const { t } = useTranslation()
  if (isPlaceholderReader(reader)) {
    return (
      <span className="cd-reader-name">
        <strong data-testid="reader-name">{t('reader.toBeCompleted')}</strong>
      </span>
    )
  }
  const hint = <KeyHint combo="Alt+v" />
  return (
    <Name name={reader.name} revealed={revealed} testIds={['reader-name', 'reveal']} hint={hint} />
  )
}

interface CoveredNameProps {
  readonly readerId: string
  readonly name: string
  readonly testId: string
}

/** Of somebody else who is named on a screen. */
export function CoveredName({ readerId, name, testId }: CoveredNameProps) {
  const revealed = useRevealed(readerId)
  return <Name name={name} revealed={revealed} testIds={[testId, `reveal-${testId}`]} hint={null} />
}

interface NameProps {
  readonly name: string
  readonly revealed: Revealed
  readonly testIds: readonly [name: string, button: string]
  readonly hint: ReactNode
}

function Name({ name, revealed: { isRevealed, toggle }, testIds, hint }: NameProps) {
  const { t } = useTranslation()
  return (
    <span className="cd-reader-name">
      <strong data-testid={testIds[0]}>{isRevealed ? name : maskedName(name)}</strong>
      <Button size="small" onClick={toggle} data-testid={testIds[1]}>
        {t(isRevealed ? 'readers.cover' : 'readers.reveal')} {hint}
      </Button>
    </span>
  )
}
