import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../ui/panel.tsx'
import type { Pinyin } from './use-pinyin.ts'

/** Hanzi that could be read otherwise, with the reading that was taken. */
export function PinyinReview({ pinyin }: { readonly pinyin: Pinyin }) {
  const { t } = useTranslation()
  const { doubts, onChoose, onDone } = pinyin
  if (doubts.length === 0) return null
  return (
    <Panel
      title={t('editor.pinyinReview')}
      testId="pinyin-review"
      className="cd-scroll"
      extra={
        <Button size="small" onClick={onDone} data-testid="pinyin-done">
          {t('editor.pinyinDone')}
        </Button>
      }
    >
      {doubts.map(({ text, parts }) => (
        <div key={text} className="cd-editor-reading" role="group" aria-label={text}>
          {parts.map(({ source, chosen, readings }, at) => (
            <span key={at} className="cd-editor-syllable">
              <span>{source}</span>
              {readings.length === 1 ? (
                <span translate="no">{chosen}</span>
              ) : (
                <select
                  value={chosen}
                  aria-label={t('editor.readingOf', { source })}
                  translate="no"
                  onChange={({ target }) => onChoose(text, at, target.value)}
                >
                  {readings.map((reading) => (
                    <option key={reading}>{reading}</option>
                  ))}
                </select>
              )}
            </span>
          ))}
        </div>
      ))}
    </Panel>
  )
}
