import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '../ui/key-hint.tsx'
import { useKeyBoard } from './keys.tsx'

export function KeysCard({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const board = useKeyBoard()
  // The nearest screen owns a key; keys that do the same stand together.
  const labelByCombo = new Map(
    board
      .list()
      .toReversed()
      .map(({ combo, label }) => [combo, label] as const),
  )
  const keys = Map.groupBy(labelByCombo.keys(), (combo) => labelByCombo.get(combo) ?? '')
  return (
    <Modal
      open
      title={t('keys.title')}
      footer={null}
      onCancel={onClose}
      closable={{ 'aria-label': t('do.close') }}
      data-testid="keys-card"
    >
      {/* Longer than the window where a screen has many keys: the arrows move it. */}
      <div className="cd-keys-scroll" role="group" tabIndex={0} aria-label={t('keys.title')}>
        <dl className="cd-keys">
          {[...keys].map(([label, combos]) => (
            <div key={label}>
              <dt>
                {combos.map((combo) => (
                  <KeyHint key={combo} combo={combo} />
                ))}
              </dt>
              <dd>{label}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Modal>
  )
}
