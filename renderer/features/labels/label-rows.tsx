import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeys } from '../../app/keys.tsx'
import { ToneMark } from '../../ui/tone.tsx'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import { mayPrint } from './use-printing.ts'
import type { Printing, Row } from './use-printing.ts'

/** What is owed; a row is left out, or taken along again, with the blank. */
export function LabelRows({ printing }: { readonly printing: Printing }) {
  const { t } = useTranslation()
  const { rows, isLeftOut, toggle } = printing
  const [at, setAt] = useState(0)
  const chosen = Math.min(at, rows.length - 1)
  const row = rows[chosen]
  const step = (by: number): void => setAt(Math.max(0, Math.min(rows.length - 1, chosen + by)))
  useKeys([
    { combo: 'ArrowDown', label: t('labels.down'), run: () => step(1), isInFields: false },
    { combo: 'ArrowUp', label: t('labels.up'), run: () => step(-1), isInFields: false },
    {
      combo: 'Alt+x',
      label: t('labels.leaveOut'),
      run: () => row !== undefined && toggle(row.item.id),
    },
  ])
  return (
    <VirtualRows
      rows={rows}
      rowHeight={56}
      keyOf={({ item }) => item.id}
      label={t('labels.title')}
      chosen={chosen}
      onChoose={(index) => {
        const clicked = rows[index]
        if (index === chosen && clicked !== undefined) toggle(clicked.item.id)
        setAt(index)
      }}
      testId="label-rows"
      render={(one) => <LabelRow row={one} isLeftOut={isLeftOut(one.item.id)} />}
    />
  )
}

function LabelRow({ row, isLeftOut }: { readonly row: Row; readonly isLeftOut: boolean }) {
  const { t } = useTranslation()
  const { item, title, printed } = row
  return (
    <div className="cd-due-row" data-testid="due-row" data-left-out={isLeftOut}>
      <strong className="cd-number">{item.callNumber}</strong>
      <span>{title?.title ?? t('lend.unknownTitle')}</span>
      <Mark row={row} isLeftOut={isLeftOut} />
      <span className="cd-quiet cd-number">{item.barcode}</span>
      <span className="cd-quiet">
        {printed !== null && printed !== item.callNumber && t('labels.was', { printed })}
        {row.wasProvisional === true && t('labels.numberCame')}
      </span>
    </div>
  )
}

function Mark({ row, isLeftOut }: { readonly row: Row; readonly isLeftOut: boolean }) {
  const { t } = useTranslation()
  if (!mayPrint(row)) return <ToneMark tone="needs-you" word={t('labels.waits')} />
  if (isLeftOut) return <ToneMark tone="noted" word={t('labels.isLeftOut')} />
  if (row.printed === row.item.callNumber) return <ToneMark tone="done" word={t('labels.again')} />
  return (
    <ToneMark tone="done" word={t(row.printed === null ? 'labels.isNew' : 'labels.isChanged')} />
  )
}
