import { Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeys } from '../../app/keys.tsx'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'
import { useMay, useSignedIn } from '../../app/session.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import type { ExceptionDetail } from './exception-detail.ts'

/** Who has taken it on; `a` takes it on or gives it back. */
export function Assigning({ detail }: { readonly detail: ExceptionDetail }) {
  const { t } = useTranslation()
  const { desk, play } = useServices()
  const { staff } = useSignedIn()
  const maySettle = useMay('settle-exceptions')
  const [isWorking, setIsWorking] = useState(false)
  const { exception, assigneeName, assignees } = detail
  const isMine = exception.assignedTo === staff.id
  const others = assignees.filter(({ id }) => id !== staff.id)
  const assign = async (to: string | null): Promise<void> => {
    if (isWorking) return
    setIsWorking(true)
    const { receipt } = await perform(desk, {
      requestId: newRequestId(),
      kind: 'exception.assign',
      payload: { exception: exception.id, staff: to as typeof exception.assignedTo },
      overrides: [],
    })
    setIsWorking(false)
    play(receipt === null ? 'stop' : toneOf(receipt))
  }
  const take = (): void => void assign(isMine ? null : staff.id)
  const word = t(isMine ? 'exceptions.giveBack' : 'exceptions.take')
  useKeys(maySettle ? [{ combo: 'a', label: word, run: take, isInFields: false }] : [])
  return (
    <div className="cd-assigning" data-testid="assigned" data-staff={exception.assignedTo ?? ''}>
      <span className="cd-quiet">
        {assigneeName === null
          ? t('exceptions.unassigned')
          : t('exceptions.assigned', { name: assigneeName })}
      </span>
      {maySettle && (
        <Button size="small" onClick={take} disabled={isWorking} data-testid="take">
          {word} <KeyHint combo="a" />
        </Button>
      )}
      {others.length > 0 && (
        <Select
          size="small"
          placeholder={t('exceptions.giveTo')}
          aria-label={t('exceptions.giveTo')}
          value={null}
          options={others.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id: string) => void assign(id)}
          data-testid="give-to"
        />
      )}
    </div>
  )
}
