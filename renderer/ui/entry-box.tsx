import { Input } from 'antd'
import type { InputRef } from 'antd'
import { useState } from 'react'
import type { Ref } from 'react'

interface EntryBoxProps {
  readonly label: string
  readonly onEnter: (text: string) => void
  /** True where a pasted text was taken, and is not for this field. */
  readonly onPasteText?: (text: string) => boolean
  readonly isDisabled?: boolean
  /** The field that the screen is for: one can type at once. */
  readonly hasFocusFirst?: boolean
  readonly inputRef?: Ref<InputRef>
  readonly testId: string
}

/** A large field for a code that is typed: Enter sends it and clears the field. */
export function EntryBox(props: EntryBoxProps) {
  const {
    label,
    onEnter,
    onPasteText,
    isDisabled = false,
    hasFocusFirst = false,
    inputRef,
    testId,
  } = props
  const [text, setText] = useState('')
  return (
    <Input
      {...(inputRef === undefined ? {} : { ref: inputRef })}
      className="cd-entry"
      size="large"
      autoFocus={hasFocusFirst}
      value={text}
      placeholder={label}
      aria-label={label}
      disabled={isDisabled}
      autoComplete="off"
      spellCheck={false}
      maxLength={1024}
      data-testid={testId}
      onPaste={(event) => {
        if (onPasteText?.(event.clipboardData.getData('text/plain')) === true)
          event.preventDefault()
      }}
      onChange={(event) => setText(event.target.value)}
      onPressEnter={() => {
        const entered = text.trim()
        if (entered === '') return
        setText('')
        onEnter(entered)
      }}
    />
  )
}
