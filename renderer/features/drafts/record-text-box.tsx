import { Input } from 'antd'
import { useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { BibContent } from '../../../domain/cataloguing-records.ts'
import { DELIMITER } from './record-rows.ts'
import { readRecordText, recordText } from './record-text.ts'

interface RecordTextBoxProps {
  /** Null where a row of the grid is no field: what is whole of the record is shown. */
  readonly content: BibContent
  readonly isReadOnly: boolean
  readonly onContent: (content: BibContent) => void
  /** What is typed is no record now: nothing of it may go on. */
  readonly onBroken: (isBroken: boolean) => void
}

/** The record as one text: to paste a whole one, and to take it elsewhere. */
export function RecordTextBox({ content, isReadOnly, onContent, onBroken }: RecordTextBoxProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<string | null>(null)
  const shown = recordText(content)
  // What is typed stays as it is typed while it says the same record, or none.
  const read = typed === null ? null : readRecordText(typed)
  const isMine = read !== null && (read.content === null || recordText(read.content) === shown)
  const text = isMine && typed !== null ? typed : shown
  const write = (written: string): void => {
    setTyped(written)
    const { content: said } = readRecordText(written)
    onBroken(said === null)
    if (said !== null) onContent(said)
  }
  const line = isMine ? read.line : null
  return (
    <>
      <Input.TextArea
        aria-label={t('drafts.text')}
        value={text}
        onChange={({ target }) => write(target.value)}
        onKeyDown={(pressed) => typeDelimiter(pressed, write)}
        readOnly={isReadOnly}
        rows={20}
        spellCheck={false}
        translate="no"
        data-testid="draft-text"
      />
      {line !== null && <p role="alert">{t('drafts.badLine', { line })}</p>}
    </>
  )
}

/** The dollar key, as in other systems; a dollar in a text is pasted. */
function typeDelimiter(
  pressed: KeyboardEvent<HTMLTextAreaElement>,
  onText: (text: string) => void,
): void {
  if (pressed.key !== '$' || pressed.nativeEvent.isComposing) return
  pressed.preventDefault()
  const box = pressed.currentTarget
  box.setRangeText(DELIMITER, box.selectionStart, box.selectionEnd, 'end')
  onText(box.value)
}
