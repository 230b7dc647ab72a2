import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ImportLook } from '../../../contract/import-shapes.ts'
import { useKeys } from '../../app/keys.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { encodingWords } from './import-options.tsx'

interface ImportLookPanelProps {
  readonly fileName: string
  /** Null while the engine looks. */
  readonly look: ImportLook | null
  readonly isDryRun: boolean
  readonly onBegin: () => void
  readonly onBack: () => void
}

/** What the file seems to be; nothing is sent before somebody says so. */
export function ImportLookPanel(props: ImportLookPanelProps) {
  const { fileName, look, isDryRun, onBegin, onBack } = props
  const { t } = useTranslation()
  const mayBegin = look !== null && look.fault === null
  useKeys([
    { combo: 'Alt+i', label: t('importLook.begin'), run: () => mayBegin && onBegin() },
    { combo: 'Escape', label: t('importLook.back'), run: onBack },
  ])
  return (
    <Panel title={t('importLook.title', { file: fileName })} testId="import-look">
      {look === null ? <p role="status">{t('importLook.looking')}</p> : <Seen look={look} />}
      <div className="cd-look-actions">
        {mayBegin && (
          // Whoever trusts the guess presses Enter and is through.
          <Button type="primary" autoFocus onClick={onBegin} data-testid="import-begin">
            {t(isDryRun ? 'importLook.beginCheck' : 'importLook.begin')} <KeyHint combo="Alt+i" />
          </Button>
        )}
        <Button onClick={onBack} data-testid="import-back">
          {t('importLook.back')} <KeyHint combo="Escape" />
        </Button>
      </div>
    </Panel>
  )
}

function Seen({ look }: { readonly look: ImportLook }) {
  const { t, i18n } = useTranslation()
  if (look.fault !== null) {
    const key = `refusedRecord.${look.fault}`
    return (
      <p role="alert" className="cd-tone-stop" data-testid="import-fault">
        {t(i18n.exists(key) ? (key as 'refusedRecord.other') : 'refusedRecord.other')}
      </p>
    )
  }
  if (look.records === 0) return <p className="cd-tone-needs-you">{t('importLook.nothing')}</p>
  const counts = { count: look.records, refused: look.refusedCount }
  return (
    <>
      <p>{t(look.refusedCount === 0 ? 'importLook.allRead' : 'importLook.looked', counts)}</p>
      {look.isPacked && <p>{t('importLook.packed')}</p>}
      <dl className="cd-look" data-testid="import-guess">
        <dt>{t('importLook.profile')}</dt>
        <dd>
          {look.profiles
            .map(({ name, count }) => t('importLook.some', { name: t(`importing.${name}`), count }))
            .join(' · ')}
        </dd>
        <dt>{t('importLook.encoding')}</dt>
        <dd>
          {look.encodings
            .map(({ name, count }) => {
              const word = wordOf(name)
              const shown = word === null ? name.toUpperCase() : t(`importing.${word}`)
              return t('importLook.some', { name: shown, count })
            })
            .join(' · ')}
        </dd>
        <dt>{t('importLook.titles')}</dt>
        <dd>
          <ul translate="no">
            {look.titles.map((title, index) => (
              // The same title may come twice, and the list never moves.
              <li key={index}>{title}</li>
            ))}
          </ul>
        </dd>
      </dl>
      {look.isEncodingGuessed && <p className="cd-tone-needs-you">{t('importLook.guessed')}</p>}
    </>
  )
}

type EncodingWord = (typeof encodingWords)[keyof typeof encodingWords]

/** Null for what XML may name and records have no word for. */
const wordOf = (name: string): EncodingWord | null =>
  Object.entries(encodingWords).find(([encoding]) => encoding === name)?.[1] ?? null
