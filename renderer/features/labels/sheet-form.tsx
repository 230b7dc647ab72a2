import { Button, InputNumber } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { defaultSheet } from '../../../domain/policy/label-layout.ts'
import type { SheetLayout } from '../../../domain/policy/label-layout.ts'
import type { LabelSheet } from '../../../domain/shelf-records.ts'
import { useKeys } from '../../app/keys.tsx'
import { newRequestId, perform, toneOf } from '../../app/perform.ts'
import { useServices } from '../../app/services.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'

/** Least, most and step of each length and count. */
const bounds = {
  rows: [1, 40, 1],
  columns: [1, 20, 1],
  marginTopMm: [0, 400, 0.5],
  marginLeftMm: [0, 400, 0.5],
  labelWidthMm: [5, 400, 0.5],
  labelHeightMm: [5, 400, 0.5],
  gapXMm: [0, 400, 0.5],
  gapYMm: [0, 400, 0.5],
} as const satisfies Record<keyof SheetLayout, readonly number[]>
const fields = Object.keys(bounds) as (keyof SheetLayout)[]

interface SheetFormProps {
  /** Null where the branch has set none. */
  readonly sheet: LabelSheet | null
  readonly onDone: () => void
}

/** The sticker paper of this branch. */
export function SheetForm({ sheet, onDone }: SheetFormProps) {
  const { t } = useTranslation()
  const { desk, play } = useServices()
  const [layout, setLayout] = useState<SheetLayout>(() => layoutOf(sheet))
  const [isFailed, setIsFailed] = useState(false)
  const save = async (): Promise<void> => {
    const kind = 'label.set-sheet' as const
    const intention = { requestId: newRequestId(), kind, payload: layout, overrides: [] }
    const { receipt } = await perform(desk, intention)
    play(receipt === null ? 'stop' : toneOf(receipt))
    setIsFailed(receipt?.outcome !== 'done')
    if (receipt?.outcome === 'done') onDone()
  }
  useKeys([{ combo: 'Control+s', label: t('do.save'), run: () => void save() }])
  return (
    <Panel title={t('labels.sheet')} testId="sheet-form">
      <div className="cd-sheet-fields">
        {fields.map((field, index) => {
          const [min, max, step] = bounds[field]
          return (
            <label key={field}>
              <span>{t(`labels.field.${field}`)}</span>
              <InputNumber
                autoFocus={index === 0}
                min={min}
                max={max}
                step={step}
                value={layout[field]}
                aria-label={t(`labels.field.${field}`)}
                data-testid={`sheet-${field}`}
                onChange={(value) => setLayout({ ...layout, [field]: value ?? min })}
              />
            </label>
          )
        })}
      </div>
      <div className="cd-row-of-buttons">
        <Button type="primary" onClick={() => void save()} data-testid="sheet-save">
          {t('do.save')} <KeyHint combo="Control+s" />
        </Button>
      </div>
      <p role="alert" className="cd-tone-stop">
        {isFailed && t('verdict.failed')}
      </p>
    </Panel>
  )
}

function layoutOf(sheet: LabelSheet | null): SheetLayout {
  if (sheet === null) return defaultSheet
  const { id: _id, ...layout } = sheet
  return layout
}
