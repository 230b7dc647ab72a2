/** What lies on the pads, tag by tag. */
import { InboxOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { Asked } from '../../app/asked.tsx'
import { usePadStatusQuery } from '../../app/pad-api.ts'
import { Facts, Panel } from '../../ui/panel.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { ToneMark } from '../../ui/tone.tsx'
import type { ToneName } from '../../ui/tone.tsx'

type Tag = AnswerOf<'pad-status'>['tags'][number]

export function PadPanel() {
  const { t } = useTranslation()
  const query = usePadStatusQuery({})
  return (
    <Panel title={t('pads.title')} testId="pad-panel">
      <Asked query={query}>
        {({ tags, isSettled }) =>
          tags.length === 0 ? (
            <EmptyState
              title={t('pads.empty')}
              hint={t('pads.emptyHint')}
              icon={<InboxOutlined />}
              testId="pad-empty"
            />
          ) : (
            <>
              <p role="status" data-testid="pad-count">
                {t('state.titled', {
                  title: t('pads.count', { count: tags.length }),
                  text: t(isSettled ? 'pads.settled' : 'pads.moving'),
                })}
              </p>
              {tags.map((tag) => (
                <OneTag key={tag.uid} tag={tag} />
              ))}
            </>
          )
        }
      </Asked>
    </Panel>
  )
}

const toneOf = ({ trouble, isWorking, security }: Tag): ToneName => {
  if (trouble !== null) return 'needs-you'
  if (isWorking) return 'working'
  return security === 'unknown' ? 'noted' : 'done'
}

function OneTag({ tag }: { readonly tag: Tag }) {
  const { t } = useTranslation()
  const { uid, barcode, title, model, security, trouble, isWorking, part, parts } = tag
  const word =
    trouble !== null
      ? t(`pads.trouble.${trouble}`)
      : isWorking
        ? t('pads.working')
        : t(`pads.security.${security ?? 'unknown'}`)
  return (
    <section className="cd-device" data-testid="pad-tag" data-security={security ?? ''}>
      <header>
        <ToneMark tone={toneOf(tag)} word={word} />
        <strong>{title ?? (barcode === null ? t('pads.nothing') : t('pads.noTitle'))}</strong>
        {barcode !== null && <span className="cd-number">{barcode}</span>}
        {part !== null && parts !== null && <span>{t('pads.part', { part, parts })}</span>}
      </header>
      <details>
        <summary>
          {t('pads.content')} · {t(`pads.model.${model}`)}
        </summary>
        <Facts
          facts={[
            { name: t('pads.tag'), value: uid },
            { name: t('pads.owner'), value: tag.ownerIsil ?? '' },
          ]}
        />
        <pre className="cd-hex">{tag.memoryHex.replace(/(.{8})/g, '$1 ').trim()}</pre>
      </details>
    </section>
  )
}
