import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import {
  useFindReadersQuery,
  useSearchTitlesQuery,
  useTitleCardQuery,
  useVirtualScanMutation,
} from '../../app/desk-api.ts'
import { scannerPanelToggled } from '../../app/desk-state.ts'
import { usePolicyLines } from '../../app/policy-line.ts'
import { useMay } from '../../app/session.tsx'
import { useDeskDispatch } from '../../app/store.ts'
import { EntryBox } from '../../ui/entry-box.tsx'
import { Panel } from '../../ui/panel.tsx'
import { VirtualIdCards } from './virtual-id-cards.tsx'
import { VirtualPad, VirtualTagButton } from './virtual-pad.tsx'

const EACH_MAX = 6
/** Every card of the sample city begins with the city's code; its titles hold this word. */
const SAMPLE_CARDS = '0440'
const SAMPLE_WORD = '中国'

/** Real reports of a real layout, without a scanner: for the sample city and for tests. */
export function VirtualScanner() {
  const { t } = useTranslation()
  const dispatch = useDeskDispatch()
  const maySeeReaders = useMay('see-readers')
  const [scan] = useVirtualScanMutation()
  const { data: readers = [] } = useFindReadersQuery(
    { text: SAMPLE_CARDS, limit: EACH_MAX },
    { skip: !maySeeReaders },
  )
  const lines = usePolicyLines()
  const { data: titles } = useSearchTitlesQuery({ text: SAMPLE_WORD, limit: EACH_MAX })
  const send = (text: string): void => void scan({ text, aim: null })
  return (
    <Panel
      title={t('devices.virtual')}
      className="cd-virtual-scanner"
      extra={
        <Button size="small" onClick={() => dispatch(scannerPanelToggled())}>
          {t('do.close')}
        </Button>
      }
      testId="virtual-scanner"
    >
      <p className="cd-quiet">{t('devices.virtualHint')}</p>
      <EntryBox label={t('devices.virtualOther')} testId="virtual-text" onEnter={send} />
      <VirtualPad />
      {maySeeReaders && <VirtualIdCards />}
      {maySeeReaders && (
        <>
          <h3>{t('devices.virtualCards')}</h3>
          {readers.length === 0 && <p className="cd-quiet">{t('devices.noCodes')}</p>}
          <div className="cd-codes">
            {readers.map(({ id, cardNumber, category }) => (
              <Button
                key={id}
                className="cd-number"
                onClick={() => send(cardNumber)}
                data-testid="virtual-card"
                title={lines?.category(category)}
              >
                {cardNumber}
              </Button>
            ))}
          </div>
        </>
      )}
      <h3>{t('devices.virtualItems')}</h3>
      {titles?.rows.length === 0 && <p className="cd-quiet">{t('devices.noCodes')}</p>}
      <div className="cd-codes">
        {(titles?.rows ?? []).map(({ id }) => (
          <ItemCode key={id} titleId={id} onSend={send} />
        ))}
      </div>
    </Panel>
  )
}

interface ItemCodeProps {
  readonly titleId: string
  readonly onSend: (text: string) => void
}

function ItemCode({ titleId, onSend }: ItemCodeProps) {
  const { data: card } = useTitleCardQuery({ titleId })
  const offered = card?.items.find(({ item }) => item.state === 'on-shelf') ?? card?.items[0]
  if (offered === undefined) return null
  return (
    <div className="cd-virtual-item">
      <Button
        className="cd-number"
        onClick={() => onSend(offered.item.barcode)}
        data-testid="virtual-item"
        title={card?.title.title}
      >
        {offered.item.barcode}
      </Button>
      <VirtualTagButton barcode={offered.item.barcode} />
    </div>
  )
}
