/** Put a book on the pad, scan its barcode, and its tag is written; then the next. */
import { TagsOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { InputRef } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useEnterScanMutation } from '../../app/desk-api.ts'
import { useKeys } from '../../app/keys.tsx'
import { useGiveUpTagMutation } from '../../app/pad-api.ts'
import { EntryBox } from '../../ui/entry-box.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { ToneBanner, ToneMark } from '../../ui/tone.tsx'
import type { ToneName } from '../../ui/tone.tsx'
import { isAsking, useEncoding } from './use-encoding.ts'
import type { Encoding, PadView, TagWrite } from './use-encoding.ts'

const toneByState = {
  writing: 'working',
  done: 'done',
  failed: 'stop',
  interrupted: 'needs-you',
  overtaken: 'noted',
} as const satisfies Record<TagWrite['state'], ToneName>

export function EncodeScreen() {
  const { t } = useTranslation()
  const entry = useRef<InputRef>(null)
  const [enterScan] = useEnterScanMutation()
  const [giveUpTag] = useGiveUpTagMutation()
  const encoding = useEncoding()
  const { pad, refusal, overwrite, leave } = encoding
  const rows = pad?.writes ?? []
  const waiting = rows.find(({ state }) => state === 'failed' || state === 'interrupted')
  const giveUp = (): void => {
    if (waiting !== undefined) void giveUpTag({ uid: waiting.uid })
  }
  const isQuestion = isAsking(refusal)
  useKeys([
    ...(isQuestion ? [{ combo: 'Alt+o', label: t('encode.overwrite'), run: overwrite }] : []),
    ...(waiting === undefined ? [] : [{ combo: 'Alt+g', label: t('encode.giveUp'), run: giveUp }]),
    {
      combo: 'Escape',
      label: t('do.leave'),
      run: () => {
        leave()
        entry.current?.focus()
      },
    },
  ])
  return (
    <div className="cd-return">
      <h1 className="cd-visually-hidden">{t('encode.title')}</h1>
      <div className="cd-lend-top">
        <EntryBox
          inputRef={entry}
          hasFocusFirst
          label={t('encode.entry')}
          testId="entry"
          isDisabled={isQuestion}
          onEnter={(text) => void enterScan({ text, source: 'typed' })}
        />
        <div className="cd-row-of-buttons">
          {isQuestion && (
            <>
              <Button size="large" type="primary" onClick={overwrite} data-testid="overwrite">
                {t('encode.overwrite')} <KeyHint combo="Alt+o" />
              </Button>
              <Button size="large" onClick={leave} data-testid="leave-tag">
                {t('do.leave')} <KeyHint combo="Escape" />
              </Button>
            </>
          )}
        </div>
      </div>
      <EncodeVerdict encoding={encoding} />
      <p role="status" data-testid="encode-pad" data-count={pad?.tags.length ?? 0}>
        <PadLine pad={pad} />
      </p>
      <Panel
        title={t('encode.rows', { count: rows.length })}
        className="cd-encoded"
        testId="encoded"
        extra={
          waiting !== undefined && (
            <Button size="small" onClick={giveUp} data-testid="give-up-tag">
              {t('encode.giveUp')} <KeyHint combo="Alt+g" />
            </Button>
          )
        }
      >
        {rows.length === 0 ? (
          <EmptyState
            title={t('encode.none')}
            hint={t('encode.noneHint')}
            icon={<TagsOutlined />}
            testId="encoded-none"
          />
        ) : (
          rows.map((row) => <OneWrite key={row.uid} row={row} />)
        )}
      </Panel>
    </div>
  )
}

const wordByState = {
  writing: 'writing',
  done: 'written',
  failed: 'failed',
  interrupted: 'interrupted',
  overtaken: 'overtaken',
} as const satisfies Record<TagWrite['state'], string>

function OneWrite({ row }: { readonly row: TagWrite }) {
  const { t } = useTranslation()
  return (
    <section className="cd-device" data-testid="tag-write" data-state={row.state}>
      <header>
        <ToneMark tone={toneByState[row.state]} word={t(`encode.${wordByState[row.state]}`)} />
        <strong>{row.title ?? t('pads.noTitle')}</strong>
        <span className="cd-number">{row.barcode}</span>
      </header>
      {row.state === 'interrupted' && <p className="cd-more">{t('encode.interruptedHint')}</p>}
    </section>
  )
}

function PadLine({ pad }: { readonly pad: PadView | undefined }) {
  const { t } = useTranslation()
  const tags = pad?.tags ?? []
  const [tag] = tags
  if (tag === undefined) return <ToneMark tone="noted" word={t('encode.onPad.none')} />
  if (tags.length > 1) {
    return <ToneMark tone="needs-you" word={t('encode.onPad.several', { count: tags.length })} />
  }
  const what = tag.title ?? tag.barcode ?? t(`pads.model.${tag.model}`)
  return <ToneMark tone="done" word={t('encode.onPad.one', { what })} />
}

function EncodeVerdict({ encoding }: { readonly encoding: Encoding }) {
  const { t } = useTranslation()
  const { refusal, row, barcode, isSame, pad } = encoding
  const banner = (tone: ToneName, word: string, detail: string) => (
    <ToneBanner tone={tone} word={word} detail={detail} testId="verdict" />
  )
  if (refusal !== null) {
    const onTag = pad?.tags[0]?.title ?? pad?.tags[0]?.barcode ?? ''
    const detail = t(`encode.refusedHint.${refusal}`, { onTag })
    const tone = isAsking(refusal) ? 'needs-you' : 'stop'
    return banner(tone, t(`encode.refused.${refusal}`), detail)
  }
  const name = row === null ? (barcode ?? '') : (row.title ?? row.barcode)
  if (isSame) return banner('done', t('encode.same'), name)
  if (row === null) return banner('noted', t('encode.start'), t('encode.startHint'))
  const word = t(`encode.${wordByState[row.state]}`)
  if (row.state === 'failed') return banner('stop', word, t('encode.failedHint'))
  if (row.state === 'interrupted') return banner('needs-you', word, t('encode.interruptedHint'))
  return banner(toneByState[row.state], word, name)
}
