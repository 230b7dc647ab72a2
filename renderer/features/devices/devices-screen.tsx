import { ScanOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { Asked } from '../../app/asked.tsx'
import { Recordings } from './recordings.tsx'
import { DebtsPanel } from './debts-panel.tsx'
import { PadPanel } from './pad-panel.tsx'
import { meaningOfAim } from './aim-names.ts'
import { SetupPanel } from './setup-panel.tsx'
import { SoundPanel } from './sound-panel.tsx'
import { StoragePanel } from './storage-panel.tsx'
import { useDeviceStatusQuery } from '../../app/desk-api.ts'
import type { ScanNews } from '../../app/scan-feed.ts'
import { useScans } from '../../app/services.tsx'
import { Facts, Panel } from '../../ui/panel.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { ToneMark } from '../../ui/tone.tsx'
import type { ToneName } from '../../ui/tone.tsx'

type Reader = AnswerOf<'device-status'>['readers'][number]

const toneByState = {
  absent: 'noted',
  found: 'noted',
  opening: 'working',
  probing: 'working',
  ready: 'done',
  busy: 'done',
  lost: 'stop',
  denied: 'stop',
  foreign: 'needs-you',
  faulty: 'stop',
} as const satisfies Record<Reader['state'], ToneName>

export function DevicesScreen() {
  const { t } = useTranslation()
  const query = useDeviceStatusQuery({})
  const [last, setLast] = useState<ScanNews | null>(null)
  useScans((scan) => {
    setLast(scan)
    return true
  })
  return (
    <div className="cd-devices">
      <h1 className="cd-visually-hidden">{t('devices.title')}</h1>
      <div className="cd-devices-column" role="region" aria-label={t('pads.title')} tabIndex={0}>
        <Panel title={t('devices.test')} testId="test-scan">
          <p className="cd-quiet">{t('devices.testHint')}</p>
          <p className="cd-test-scan" role="status" data-testid="last-scan">
            {last === null
              ? t('devices.nothingYet')
              : `${t('devices.testLast', { kind: t(`scan.kind.${last.kind}`), text: last.text })} · ${t(`devices.source.${last.source}`)}`}
          </p>
        </Panel>
        <PadPanel />
        <DebtsPanel />
      </div>
      <div
        className="cd-devices-column"
        role="region"
        aria-label={t('devices.readers')}
        tabIndex={0}
      >
        <Panel title={t('devices.readers')}>
          <Asked query={query}>
            {({ readers, failure }) => (
              <>
                {failure !== null && (
                  <p className="cd-more" role="alert">
                    {t('state.titled', {
                      title: t('devices.failure'),
                      text: t(`noDevices.${failure}`),
                    })}
                  </p>
                )}
                {readers.length === 0 ? (
                  <EmptyState
                    title={t('devices.none')}
                    hint={t('devices.noneHint')}
                    icon={<ScanOutlined />}
                  />
                ) : (
                  readers.map((reader) => <OneReader key={reader.key} reader={reader} />)
                )}
              </>
            )}
          </Asked>
        </Panel>
        <SoundPanel />
        <SetupPanel />
        {query.data !== undefined && query.data.captures.length > 0 && (
          <Recordings names={query.data.captures} />
        )}
        <StoragePanel />
      </div>
    </div>
  )
}

function OneReader({ reader }: { readonly reader: Reader }) {
  const { t } = useTranslation()
  const isOut = reader.state === 'faulty' || reader.state === 'lost'
  return (
    <section className="cd-device" data-testid="device" data-state={reader.state}>
      <header>
        <ToneMark tone={toneByState[reader.state]} word={t(`devices.state.${reader.state}`)} />
        <strong>{reader.name}</strong>
      </header>
      {reader.advice !== null && (
        <div className="cd-more">
          {t(`advice.${reader.advice}`)}
          {reader.adviceText !== null && <pre className="cd-hex">{reader.adviceText}</pre>}
        </div>
      )}
      {reader.advice === null && isOut && <p className="cd-more">{t('devices.replug')}</p>}
      <Facts
        facts={[
          { name: t('devices.model'), value: reader.model },
          { name: t('devices.key'), value: reader.key },
          ...(reader.reads === 'tags'
            ? []
            : [{ name: t('devices.lastText'), value: reader.lastText ?? t('devices.nothingYet') }]),
        ]}
      />
      {reader.reads === 'codes' && <p>{t('devices.scans', { count: reader.scansCount })}</p>}
      {reader.reads === 'id-cards' && (
        <p data-testid="cards-read">
          {t('devices.cardsRead', { count: reader.scansCount, unread: reader.unreadCardsCount })}
        </p>
      )}
      {reader.lastReportHex !== null && (
        <details>
          <summary>{t('devices.lastReport')}</summary>
          <p className="cd-quiet" data-testid="last-meaning">
            {t('devices.lastMeaning', { bytes: reader.lastReportHex.length / 2 })} ·{' '}
            {meaningOfAim(reader.lastAim) ?? t('devices.noAim')}
          </p>
          <pre className="cd-hex" data-testid="last-report">
            {reader.lastReportHex.replace(/(..)/g, '$1 ').trim()}
          </pre>
        </details>
      )}
    </section>
  )
}
