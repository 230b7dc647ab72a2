import { useTranslation } from 'react-i18next'
import type { CodeChoice, Wording } from '../../../domain/marc/definitions/code-choices.ts'
import { codedStringsOf, definitionOf } from '../../../domain/marc/definitions/definitions.ts'
import type { FieldDefinition } from '../../../domain/marc/definitions/field-definition.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { CodedBuilder } from './coded-builder.tsx'
import type { Row } from './record-edits.ts'
import { DELIMITER, LEADER_TAG, subfieldAt, subfieldValue, withSubfield } from './record-rows.ts'

interface FieldAidProps {
  readonly row: Row
  readonly caret: number
  readonly isReadOnly: boolean
  /** The text of the row, written by a pick. */
  readonly onText: (text: string) => void
  readonly onIndicators: (indicators: string) => void
  /** Opens the headings or titles in use; null where there are none for this field. */
  readonly pickKey: string | null
  /** Back to the row, from the keys of this panel. */
  readonly onLeave: () => void
}

/** What the field is, beside it: its words, its indicators, the codes of the subfield at the caret. */
export function FieldAid(props: FieldAidProps) {
  const { row, caret, isReadOnly, pickKey, onText, onIndicators, onLeave } = props
  const { t, i18n } = useTranslation()
  const word = ({ zh, en }: Wording): string => (i18n.language === 'zh-CN' ? zh : en)
  const isLeader = row.tag === LEADER_TAG
  const definition = definitionOf(row.tag)
  const at = isLeader ? null : subfieldAt(row.text, caret)
  const coded = codedStringsOf(row.tag).find(({ code }) => code === (at?.code ?? null))
  const choices = definition?.subfields.find(({ code }) => code === at?.code)?.choices ?? null
  const title = isLeader
    ? t('editor.leader')
    : definition === null
      ? t('editor.ownField')
      : word(definition)
  return (
    <Panel
      title={
        <>
          <span translate="no">{row.tag}</span> {title}
        </>
      }
      testId="field-aid"
      extra={
        pickKey !== null &&
        !isReadOnly && (
          <span className="cd-quiet">
            {t('editor.pick')} <KeyHint combo={pickKey} />
          </span>
        )
      }
      className="cd-scroll cd-editor-aid"
    >
      <div
        onKeyDown={({ key }) => {
          if (key === 'Escape') onLeave()
        }}
      >
        {definition !== null && <Needs definition={definition} />}
        {coded !== undefined && (
          <CodedBuilder
            string={coded}
            value={
              isLeader ? row.text.replaceAll('#', ' ') : subfieldValue(row.text, at?.index ?? 0)
            }
            isReadOnly={isReadOnly}
            onValue={(value) =>
              onText(
                isLeader
                  ? value.replaceAll(' ', '#')
                  : withSubfield(row.text, at?.index ?? 0, value),
              )
            }
          />
        )}
        {choices !== null && at !== null && (
          <Choices
            choices={choices}
            chosen={subfieldValue(row.text, at.index)}
            isReadOnly={isReadOnly}
            onChoose={(code) => {
              onText(withSubfield(row.text, at.index, code))
              onLeave()
            }}
          />
        )}
        {definition?.indicators.map(
          (list, place) =>
            list.length > 0 && (
              <IndicatorChoice
                key={place}
                label={t(place === 0 ? 'editor.indicator1' : 'editor.indicator2')}
                choices={list}
                chosen={(row.indicators[place] ?? '#').replace('#', ' ')}
                isReadOnly={isReadOnly}
                onChoose={(code) => onIndicators(withMark(row.indicators, place, code))}
              />
            ),
        )}
        {definition !== null && definition.subfields.length > 0 && (
          <ul className="cd-editor-subfields">
            {definition.subfields.map(({ code, isRepeatable, ...words }) => (
              <li key={code} data-current={code === at?.code}>
                <span translate="no">
                  {DELIMITER}
                  {code}
                </span>{' '}
                {word(words)}{' '}
                {isRepeatable && <span className="cd-quiet">{t('editor.repeats')}</span>}
              </li>
            ))}
          </ul>
        )}
        {definition === null && !isLeader && <p className="cd-quiet">{t('editor.ownFieldHint')}</p>}
      </div>
    </Panel>
  )
}

function Needs({ definition }: { readonly definition: FieldDefinition }) {
  const { t } = useTranslation()
  const { isMandatoryFor, isRepeatable } = definition
  return (
    <p className="cd-quiet">
      {t(`editor.mandatory.${isMandatoryFor}`)} ·{' '}
      {t(isRepeatable ? 'editor.repeats' : 'editor.once')}
    </p>
  )
}

const withMark = (indicators: string, place: number, code: string): string => {
  const marks = indicators.padEnd(2, '#')
  return marks.slice(0, place) + code.replace(' ', '#') + marks.slice(place + 1)
}

interface ChoicesProps {
  readonly choices: readonly CodeChoice[]
  readonly chosen: string
  readonly isReadOnly: boolean
  readonly onChoose: (code: string) => void
}

/** A native list: arrows and the first letter of a code choose, Enter takes it back to the row. */
function Choices({ choices, chosen, isReadOnly, onChoose }: ChoicesProps) {
  const { t, i18n } = useTranslation()
  const isKnown = choices.some(({ code }) => code === chosen)
  return (
    <select
      className="cd-editor-choices"
      size={Math.min(8, choices.length)}
      aria-label={t('editor.codes')}
      defaultValue={isKnown ? chosen : ''}
      key={chosen}
      disabled={isReadOnly}
      data-testid="code-choices"
      data-aid
      onKeyDown={({ key, currentTarget }) => {
        if (key === 'Enter' && currentTarget.value !== '') onChoose(currentTarget.value)
      }}
      onDoubleClick={({ currentTarget }) => {
        if (currentTarget.value !== '') onChoose(currentTarget.value)
      }}
    >
      {choices.map(({ code, zh, en }) => (
        <option key={code} value={code}>
          {code} · {i18n.language === 'zh-CN' ? zh : en}
        </option>
      ))}
    </select>
  )
}

interface IndicatorChoiceProps extends ChoicesProps {
  readonly label: string
}

function IndicatorChoice({ label, choices, chosen, isReadOnly, onChoose }: IndicatorChoiceProps) {
  const { i18n } = useTranslation()
  const isKnown = choices.some(({ code }) => code === chosen)
  return (
    <label className="cd-editor-place">
      <span>{label}</span>
      <select
        value={chosen}
        disabled={isReadOnly}
        onChange={({ target }) => onChoose(target.value)}
        data-aid
      >
        {!isKnown && <option value={chosen}>{chosen === ' ' ? '#' : chosen}</option>}
        {choices.map(({ code, zh, en }) => (
          <option key={code} value={code}>
            {code === ' ' ? '#' : code} · {i18n.language === 'zh-CN' ? zh : en}
          </option>
        ))}
      </select>
    </label>
  )
}
