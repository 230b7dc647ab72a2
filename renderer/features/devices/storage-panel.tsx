import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { dateAt } from '../../../domain/words/calendar-date.ts'
import { Asked } from '../../app/asked.tsx'
import { useStorageStatusQuery } from '../../app/desk-api.ts'
import { dayAndTime } from '../../app/words.ts'
import { Facts, Panel } from '../../ui/panel.tsx'

type Status = AnswerOf<'storage-status'>
type Salvage = NonNullable<Status['salvage']>

const GIB = 1024 ** 3

/** How the desk's own files are, and what became of those that were damaged. */
export function StoragePanel() {
  const { t } = useTranslation()
  const query = useStorageStatusQuery({})
  return (
    <Panel title={t('storage.title')} testId="storage">
      <Asked query={query}>
        {(status) => (
          <>
            <Facts
              facts={[
                {
                  name: t('storage.disk'),
                  value: diskText(status, t(`storage.level.${status.disk}`)),
                },
                { name: t('storage.mirror'), value: t(`storage.mirrorIs.${status.mirror}`) },
                {
                  name: t('storage.backup'),
                  value:
                    status.lastBackupAt === null
                      ? t('storage.noBackup')
                      : dateAt(status.lastBackupAt),
                },
              ]}
            />
            {status.rebuilt.map(({ file, at: when }) => (
              <p key={`${file}-${when}`} className="cd-quiet" data-testid="storage-rebuilt">
                {t(`storage.rebuilt.${file}`, { at: dayAndTime(when) })}
              </p>
            ))}
            {status.salvage !== null && <SalvageReport salvage={status.salvage} />}
          </>
        )}
      </Asked>
    </Panel>
  )
}

const diskText = ({ freeBytes }: Status, level: string): string =>
  freeBytes === null ? level : `${level} · ${(freeBytes / GIB).toFixed(1)} GiB`

function SalvageReport({ salvage }: { readonly salvage: Salvage }) {
  const { t } = useTranslation()
  const { file, backup, journal } = salvage.operations
  const gaps = salvage.missing
    .map(({ epoch, from, to }) => `${epoch}/${from === to ? from : `${from}–${to}`}`)
    .join(', ')
  return (
    <section data-testid="storage-salvage">
      <p>
        {t('storage.salvaged', {
          at: dayAndTime(salvage.at),
          kept: file + backup + journal,
          unsent: salvage.unsent,
        })}
      </p>
      <p className={gaps === '' ? 'cd-quiet' : 'cd-more'} role={gaps === '' ? undefined : 'alert'}>
        {gaps === '' ? t('storage.nothingMissing') : t('storage.missing', { gaps })}
      </p>
      {salvage.audit.lost > 0 && (
        <p className="cd-quiet">{t('storage.auditLost', { count: salvage.audit.lost })}</p>
      )}
    </section>
  )
}
