import { BarcodeOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { FindingLines } from '../../app/finding-lines.tsx'
import { useKeys } from '../../app/keys.tsx'
import { groundsOf } from '../../app/words.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { ToneBanner, ToneMark } from '../../ui/tone.tsx'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import type { Added, Adding } from './use-adding.ts'

/** What will be added, each label with whether it is free. */
export function LabelList({ adding }: { readonly adding: Adding }) {
  const { t } = useTranslation()
  const { labels, taken, keep, added, save, maySave } = adding
  const leaveOut = (): void => keep((barcode) => !taken.has(barcode))
  const dropLast = (): void => keep((_, index) => index !== labels.length - 1)
  useKeys([
    { combo: 'Alt+k', label: t('addItems.leaveOut'), run: leaveOut },
    { combo: 'Alt+Delete', label: t('addItems.dropLast'), run: dropLast },
  ])
  return (
    <Panel title={t('addItems.labels', { count: labels.length })} testId="add-labels">
      {added !== null && <AddedBanner added={added} />}
      {labels.length === 0 ? (
        added === null && (
          <EmptyState
            title={t('addItems.none')}
            hint={t('addItems.noneHint')}
            icon={<BarcodeOutlined />}
          />
        )
      ) : (
        <>
          <VirtualRows
            rows={labels}
            rowHeight={40}
            keyOf={(barcode) => barcode}
            label={t('addItems.labels', { count: labels.length })}
            chosen={labels.length - 1}
            testId="labels"
            render={(barcode) => (
              <div className="cd-label-row" data-testid="label-row" data-taken={taken.has(barcode)}>
                <span className="cd-number">{barcode}</span>
                <ToneMark
                  tone={taken.has(barcode) ? 'stop' : 'done'}
                  word={t(taken.has(barcode) ? 'addItems.isTaken' : 'addItems.isNew')}
                />
              </div>
            )}
          />
          <div className="cd-row-of-buttons">
            <Button
              type="primary"
              disabled={!maySave}
              onClick={() => void save()}
              data-testid="add-save"
            >
              {t('addItems.save', { count: labels.length })} <KeyHint combo="Control+s" />
            </Button>
            {taken.size > 0 && (
              <Button onClick={leaveOut} data-testid="leave-out">
                {t('addItems.leaveOut')} <KeyHint combo="Alt+k" />
              </Button>
            )}
            <Button onClick={dropLast}>
              {t('addItems.dropLast')} <KeyHint combo="Alt+Delete" />
            </Button>
          </div>
        </>
      )}
    </Panel>
  )
}

/** The rows say which labels: the sentence is said once. */
const onePerCode = <F extends { readonly code: string }>(findings: readonly F[]): F[] => [
  ...new Map(findings.map((finding) => [finding.code, finding])).values(),
]

function AddedBanner({ added: { answer, barcodes } }: { readonly added: Added }) {
  const { t } = useTranslation()
  const { receipt, failure } = answer
  if (receipt === null) {
    return (
      <ToneBanner
        tone="stop"
        word={t(`failure.${failure}.title`)}
        detail={t(`failure.${failure}.next`)}
        testId="verdict"
      />
    )
  }
  const isDone = receipt.outcome === 'done'
  const [first = '', last = first] = [barcodes[0], barcodes.at(-1)]
  const range = first === last ? first : t('addItems.doneHint', { first, last })
  return (
    <>
      <ToneBanner
        tone={isDone ? 'done' : 'stop'}
        word={isDone ? t('addItems.done', { count: barcodes.length }) : t('verdict.stop')}
        detail={isDone ? range : ''}
        foot={groundsOf(t, receipt)}
        testId="verdict"
      />
      <FindingLines findings={onePerCode(receipt.findings)} />
    </>
  )
}
