import { Button, Input, InputNumber } from 'antd'
import { useId, useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Till } from '../../../domain/till-records.ts'
import { useKeys } from '../../app/keys.tsx'
import { yuan } from '../../app/words.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { ToneMark } from '../../ui/tone.tsx'
import type { TillActions } from './till-actions.ts'

/** Notes and coins of the fifth series that are in use, in fen. */
const denominations = [10_000, 5000, 2000, 1000, 500, 100, 50, 10] as const

interface CountFormProps {
  readonly till: Till
  readonly actions: TillActions
  readonly onClose: () => void
}

/** Pieces of each denomination; Tab goes on, Enter closes the till, Esc leaves the count. */
export function CountForm({ till, actions, onClose }: CountFormProps) {
  const { t } = useTranslation()
  const ids = useId()
  const [pieces, setPieces] = useState<ReadonlyMap<number, number>>(new Map())
  const [note, setNote] = useState('')
  const countedFen = [...pieces].reduce((sum, [fen, count]) => sum + fen * count, 0)
  const difference = countedFen - till.expectedFen
  const said = note.trim() || null
  const canConfirm = (difference === 0 || said !== null) && !actions.isWorking
  useKeys([{ combo: 'Escape', label: t('do.leave'), run: onClose }])
  const onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    if (!canConfirm) return
    const payload = { till: till.id, countedFen, note: difference === 0 ? null : said }
    if (await actions.act('till.close', payload)) onClose()
  }
  return (
    <form
      className="cd-ledger-form"
      aria-label={t('till.count')}
      data-testid="count-form"
      onSubmit={(event) => void onSubmit(event)}
    >
      <div className="cd-till-count">
        {denominations.map((fen, index) => (
          <label key={fen} htmlFor={`${ids}${fen}`}>
            <span className="cd-number">{yuan(fen)}</span>
            <InputNumber
              id={`${ids}${fen}`}
              autoFocus={index === 0}
              min={0}
              max={100_000}
              precision={0}
              value={pieces.get(fen) ?? null}
              aria-label={t('till.yuanPieces', { fee: yuan(fen) })}
              data-testid={`pieces-${fen}`}
              onChange={(count) => setPieces((before) => new Map(before).set(fen, count ?? 0))}
            />
          </label>
        ))}
      </div>
      <p className="cd-till-sum" role="status">
        <span>{t('till.countedSum')}</span>
        <strong className="cd-figure cd-number" data-testid="counted">
          {yuan(countedFen)}
        </strong>
        <ToneMark
          tone={difference === 0 ? 'done' : 'needs-you'}
          word={
            difference === 0
              ? t('till.noDifference')
              : `${t('till.difference')} ${yuan(difference)}`
          }
        />
      </p>
      {difference !== 0 && (
        <div className="cd-ledger-field">
          <label htmlFor={`${ids}n`}>{t('till.note')}</label>
          <Input
            id={`${ids}n`}
            value={note}
            maxLength={200}
            placeholder={t('till.noteHint')}
            data-testid="count-note"
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
      )}
      <footer className="cd-row-of-buttons">
        <Button
          type="primary"
          size="large"
          htmlType="submit"
          disabled={!canConfirm}
          data-testid="count-confirm"
        >
          {t('till.count')} <KeyHint combo="Enter" />
        </Button>
        <Button size="large" onClick={onClose}>
          {t('do.leave')} <KeyHint combo="Escape" />
        </Button>
      </footer>
    </form>
  )
}
