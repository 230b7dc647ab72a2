import { Button, Input } from 'antd'
import type { InputRef } from 'antd'
import { useRef, useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeys } from '../../app/keys.tsx'
import { useDeskDispatch } from '../../app/store.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { fastAddAndLend } from './lend-flow.ts'
import type { LendRow } from './lend-state.ts'

/** A book without a record is on the desk: a few words of its title, and it is lent (L26). */
export function FastAdd({ row }: { readonly row: LendRow }) {
  const { t } = useTranslation()
  const dispatch = useDeskDispatch()
  const field = useRef<InputRef>(null)
  const [title, setTitle] = useState('')
  useKeys([{ combo: 'Alt+a', label: t('lend.fastAdd'), run: () => field.current?.focus() }])
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (title.trim() !== '') void dispatch(fastAddAndLend(row, title.trim()))
  }
  return (
    <form className="cd-drop cd-drop-on" onSubmit={onSubmit} data-testid="fast-add">
      <span>{t('lend.fastAdd')}</span>
      <KeyHint combo="Alt+a" />
      <Input
        ref={field}
        value={title}
        maxLength={200}
        placeholder={t('lend.fastAddTitle')}
        aria-label={t('lend.fastAddTitle')}
        data-testid="fast-add-title"
        onChange={(event) => setTitle(event.target.value)}
      />
      <Button
        type="primary"
        htmlType="submit"
        disabled={title.trim() === '' || row.state === 'working'}
        title={t('lend.fastAddHint')}
      >
        {t('do.save')} <KeyHint combo="Enter" />
      </Button>
    </form>
  )
}
