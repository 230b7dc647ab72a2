import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { HELD_ORDINAL_MAX } from '../../../domain/serials/held-issues.ts'
import { fenFromText } from '../../app/fen-from-text.ts'
import { useKeys } from '../../app/keys.tsx'
import { useScans } from '../../app/services.tsx'
import { EntryBox } from '../../ui/entry-box.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { Opened } from './serial-rows.ts'
import type { SerialActs } from './use-serial-acts.ts'

interface BindFormProps {
  readonly opened: Opened
  readonly acts: SerialActs
  readonly onDone: () => void
}

/** From the first to the last of what is loose here; the label on the volume finishes it. */
export function BindForm({ opened: { subscription, issues }, acts, onDone }: BindFormProps) {
  const { t } = useTranslation()
  const loose = issues.filter(
    ({ standing, copiesCount }) => standing !== 'bound' && copiesCount > 0,
  )
  const [from, setFrom] = useState(String(loose[0]?.issue.ordinal ?? 1))
  const [to, setTo] = useState(String(loose.at(-1)?.issue.ordinal ?? 1))
  const [price, setPrice] = useState('')
  const [first, last] = [Number(from), Number(to)]
  // A gap is told by the rule; what never came out is none.
  const ordinals = issues
    .filter(({ standing }) => standing !== 'not-published')
    .map(({ issue }) => issue.ordinal)
    .filter((ordinal) => ordinal >= first && ordinal <= last)
    .slice(0, HELD_ORDINAL_MAX)
  const inHand = loose.filter(({ issue }) => ordinals.includes(issue.ordinal))
  const bind = (barcode: string): void => {
    if (ordinals.length === 0) return
    const base = [subscription.callNumber ?? '', `${subscription.year}:${first}-${last}`]
    void acts.run({
      kind: 'serial.bind',
      payload: {
        subscription: subscription.id,
        ordinals,
        barcode,
        callNumber: base.join(' ').trim().slice(0, 100),
        priceFen: fenFromText(price),
      },
      tell: ({ issuesCount }) => `${barcode} · ${t('serials.bindRange', { count: issuesCount })}`,
      after: onDone,
    })
  }
  useScans(({ kind, text }) => {
    if (kind !== 'item' && kind !== 'unknown') return false
    bind(text)
    return true
  })
  useKeys([{ combo: 'Escape', label: t('do.leave'), run: onDone }])
  const field = (label: string, value: string, onChange: (text: string) => void) => (
    <label>
      <span>{label}</span>
      <Input
        aria-label={label}
        value={value}
        maxLength={10}
        autoComplete="off"
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  )
  return (
    <Panel title={t('serials.bind')} testId="bind-form">
      <div className="cd-serials-fields">
        {field(t('serials.bindFrom'), from, setFrom)}
        {field(t('serials.bindTo'), to, setTo)}
        {field(t('serials.bindPrice'), price, setPrice)}
      </div>
      <p className="cd-quiet">{t('serials.bindRange', { count: inHand.length })}</p>
      <EntryBox
        label={t('serials.bindBarcode')}
        onEnter={bind}
        hasFocusFirst
        testId="bind-barcode"
      />
      <div className="cd-row-of-buttons">
        <Button onClick={onDone}>
          {t('do.leave')} <KeyHint combo="Escape" />
        </Button>
      </div>
    </Panel>
  )
}
