/** Identity cards of nobody, for the sample city: laid on the virtual card reader until they are read. */
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { CalendarDate } from '../../../domain/words/calendar-date.ts'
import { maskedIdNumber } from '../../../domain/words/id-number.ts'
import { useVirtualIdCardMutation } from '../../app/desk-api.ts'

/** The first is the standard's own example (GB 11643); the others are of a county that does not exist. */
const CARDS = [
  { number: '11010519491231002X', name: '范例', bornOn: CalendarDate.parse('1949-12-31') },
  { number: '449999201503120015', name: '范小例', bornOn: CalendarDate.parse('2015-03-12') },
] as const

export function VirtualIdCards() {
  const { t } = useTranslation()
  const [lay] = useVirtualIdCardMutation()
  return (
    <>
      <h3>{t('devices.virtualIdCards')}</h3>
      <div className="cd-codes">
        {CARDS.map((card) => (
          <Button
            key={card.number}
            className="cd-number"
            onClick={() => void lay(card)}
            data-testid="virtual-id-card"
          >
            {maskedIdNumber(card.number)}
          </Button>
        ))}
      </div>
    </>
  )
}
