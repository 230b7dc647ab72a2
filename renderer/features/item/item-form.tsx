import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '../../ui/key-hint.tsx'

interface ItemFormProps {
  readonly testId: string
  readonly isReady: boolean
  /** Named where a plain saving would say too little: it is asked for twice. */
  readonly danger?: string
  readonly onSave: () => Promise<void>
  readonly onLeave: () => void
  readonly children: ReactNode
}

/** A word more before something is entered of an item: Enter enters it, Escape leaves it. */
export function ItemForm(props: ItemFormProps) {
  const { testId, isReady, danger, onSave, onLeave, children } = props
  const { t } = useTranslation()
  return (
    <form
      className="cd-damage"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) void onSave()
      }}
      onKeyDown={(event) => event.key === 'Escape' && onLeave()}
    >
      {children}
      <Button
        type="primary"
        htmlType="submit"
        disabled={!isReady}
        data-testid={`${testId}-save`}
        {...(danger === undefined ? {} : { autoFocus: true, danger: true })}
      >
        {danger ?? t('do.save')} <KeyHint combo="Enter" />
      </Button>
      <Button onClick={onLeave}>
        {t('do.cancel')} <KeyHint combo="Escape" />
      </Button>
    </form>
  )
}
