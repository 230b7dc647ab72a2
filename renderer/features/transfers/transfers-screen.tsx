import { Button, Radio, Select } from 'antd'
import type { InputRef } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { BranchId } from '../../../domain/words/ids.ts'
import { useBranchesQuery, useEnterScanMutation } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { useScans, useServices } from '../../app/services.tsx'
import { useSignedIn } from '../../app/session.tsx'
import { PrintButton } from '../../app/slips/print-button.tsx'
import { useItemSlip } from '../../app/slips/use-item-slip.ts'
import { EntryBox } from '../../ui/entry-box.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useDeskDispatch, useDeskSelector } from '../../app/store.ts'
import { parcelsOf, sendingSet } from './parcels-state.ts'
import type { ParcelMode, Reason } from './parcels-state.ts'
import { ParcelVerdict } from './parcel-verdict.tsx'
import { TransferLists } from './transfer-lists.tsx'
import { goingOn, useParcels } from './use-parcels.ts'

const reasons: readonly Reason[] = ['home', 'request', 'stock', 'repair', 'other']

export function TransfersScreen() {
  const { t } = useTranslation()
  const { play } = useServices()
  const entry = useRef<InputRef>(null)
  const [enterScan] = useEnterScanMutation()
  const parcels = useParcels()
  const printSlip = useItemSlip(goingOn(parcels.rows[0]))
  const dispatch = useDeskDispatch()
  const { mode: is, to, reason } = useDeskSelector((state) => parcelsOf(state))
  useScans(({ kind, text, alsoKinds }) => {
    const isItem = kind === 'item' || kind === 'unknown' || alsoKinds.includes('item')
    if (!isItem) return false
    if (is === 'receive') parcels.scan(text, { is })
    else if (to === null) play('stop')
    else parcels.scan(text, { is, to, reason })
    return true
  })
  const choose = (mode: ParcelMode): void => {
    dispatch(sendingSet({ mode }))
    entry.current?.focus()
  }
  useKeys([
    { combo: 'F2', label: t('transfers.clear'), run: parcels.clear },
    { combo: 'Alt+r', label: t('transfers.receive'), run: () => choose('receive') },
    { combo: 'Alt+s', label: t('transfers.send'), run: () => choose('send') },
    { combo: 'Escape', label: t('returning.entry'), run: () => entry.current?.focus() },
    ...(printSlip === null
      ? []
      : [{ combo: 'Control+p', label: t('slips.printSlip'), run: printSlip }]),
  ])
  return (
    <div className="cd-return">
      <h1 className="cd-visually-hidden">{t('transfers.title')}</h1>
      <div className="cd-lend-top">
        <EntryBox
          inputRef={entry}
          hasFocusFirst
          label={t(is === 'receive' ? 'transfers.entryReceive' : 'transfers.entrySend')}
          testId="entry"
          onEnter={(text) => void enterScan({ text, source: 'typed' })}
        />
        <div className="cd-row-of-buttons">
          <Button size="large" onClick={parcels.clear} data-testid="clear-parcels">
            {t('transfers.clear')} <KeyHint combo="F2" />
          </Button>
          <PrintButton print={printSlip} word={t('slips.printSlip')} testId="print-slip" />
        </div>
      </div>
      <div className={is === 'send' ? 'cd-drop cd-drop-on' : 'cd-drop'}>
        <Radio.Group
          aria-label={t('transfers.mode')}
          optionType="button"
          buttonStyle="solid"
          value={is}
          name="parcel-mode"
          data-testid="parcel-mode"
          onChange={(event) => choose(event.target.value as ParcelMode)}
          options={(['receive', 'send'] as const).map((value) => ({
            value,
            label: `${t(`transfers.${value}`)} ${value === 'receive' ? 'Alt+R' : 'Alt+S'}`,
          }))}
        />
        {is === 'send' && (
          <Destination
            to={to}
            reason={reason}
            onTo={(id) => {
              dispatch(sendingSet({ to: id as BranchId }))
              entry.current?.focus()
            }}
            onReason={(next) => dispatch(sendingSet({ reason: next }))}
          />
        )}
      </div>
      <ParcelVerdict rows={parcels.rows} isBranchMissing={is === 'send' && to === null} />
      <TransferLists parcels={parcels} />
    </div>
  )
}

interface DestinationProps {
  readonly to: string | null
  readonly reason: Reason
  readonly onTo: (branchId: string) => void
  readonly onReason: (reason: Reason) => void
}

function Destination({ to, reason, onTo, onReason }: DestinationProps) {
  const { t, i18n } = useTranslation()
  const { data: places } = useBranchesQuery({})
  const { branch } = useSignedIn()
  const others = (places?.branches ?? []).filter(
    ({ id, kind }) => id !== branch?.id && kind === 'library',
  )
  return (
    <>
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        style={{ width: 260 }}
        aria-label={t('transfers.to')}
        placeholder={t('transfers.chooseBranch')}
        value={to}
        data-testid="parcel-to"
        onChange={(id: string) => onTo(id)}
        options={others.map(({ id, nameZh, nameEn }) => ({
          value: id,
          label: i18n.language === 'zh-CN' ? nameZh : nameEn,
        }))}
      />
      <Select
        style={{ width: 160 }}
        aria-label={t('transfers.reason')}
        value={reason}
        onChange={(value: Reason) => onReason(value)}
        options={reasons.map((value) => ({ value, label: t(`transfers.reasons.${value}`) }))}
      />
    </>
  )
}
