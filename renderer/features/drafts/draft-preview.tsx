import { Button } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BibContent, Draft } from '../../../domain/cataloguing-records.ts'
import { useKeys } from '../../app/keys.tsx'
import { ReaderRecord } from '../../app/reader-record.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'

interface DraftPreviewProps {
  /** So far as it can be read. */
  readonly content: BibContent
  readonly profile: Draft['profile']
}

/** What readers would see of the record as it is being written. */
export function DraftPreview({ content, profile }: DraftPreviewProps) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  const shown = useDeferredValue(content)
  const toggle = (): void => setIsOpen(!isOpen)
  useKeys([{ combo: 'Alt+v', label: t('titles.preview'), run: toggle }])
  return (
    <>
      <Button onClick={toggle} aria-expanded={isOpen} data-testid="draft-preview-open">
        {t('titles.preview')} <KeyHint combo="Alt+v" />
      </Button>
      {isOpen && (
        <Panel title={t('titles.preview')} testId="draft-preview">
          <ReaderRecord bib={{ ...shown, profile }} />
        </Panel>
      )}
    </>
  )
}
