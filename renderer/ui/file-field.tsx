import { UploadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import type { RefObject } from 'react'

interface FileFieldProps {
  readonly drop: string
  readonly hint: string
  readonly pick: string
  readonly isDisabled: boolean
  readonly onFile: (file: File) => void
  /** Of the input: a key of the screen opens its dialog. */
  readonly field: RefObject<HTMLInputElement | null>
  readonly testId: string
}

/** A file by dragging it here, or by a dialog. */
export function FileField(props: FileFieldProps) {
  const { drop, hint, pick, isDisabled, onFile, field, testId } = props
  const [isOver, setIsOver] = useState(false)
  return (
    <div
      className={isOver ? 'cd-drop-zone cd-drop-zone-over' : 'cd-drop-zone'}
      data-testid="drop-zone"
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setIsOver(false)
        const [file] = event.dataTransfer.files
        if (file !== undefined && !isDisabled) onFile(file)
      }}
    >
      <UploadOutlined className="cd-empty-icon" aria-hidden />
      <strong>{drop}</strong>
      <p className="cd-quiet">{hint}</p>
      <input
        ref={field}
        type="file"
        className="cd-visually-hidden"
        tabIndex={-1}
        aria-label={pick}
        data-testid={testId}
        disabled={isDisabled}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file !== undefined) onFile(file)
          // The same file may be chosen again.
          event.target.value = ''
        }}
      />
      <Button
        type="primary"
        size="large"
        disabled={isDisabled}
        onClick={() => field.current?.click()}
        data-testid="pick-file"
      >
        {pick}
      </Button>
    </div>
  )
}
