import { useTranslation } from 'react-i18next'
import { placesOf, withPlaces } from '../../../domain/marc/definitions/coded-string.ts'
import type { CodedPlaces, CodedString } from '../../../domain/marc/definitions/coded-string.ts'

interface CodedBuilderProps {
  readonly string: CodedString
  readonly value: string
  readonly isReadOnly: boolean
  readonly onValue: (value: string) => void
}

/** A string of fixed places as a form: what is chosen here is written there. */
export function CodedBuilder({ string, value, isReadOnly, onValue }: CodedBuilderProps) {
  const { i18n } = useTranslation()
  const isZh = i18n.language === 'zh-CN'
  return (
    <fieldset className="cd-editor-places" data-testid="coded-builder">
      <legend className="cd-visually-hidden">{isZh ? string.zh : string.en}</legend>
      {string.places.map((places) => (
        <div key={places.from} className="cd-editor-place" role="group">
          <span>
            <span className="cd-quiet" translate="no">
              {String(places.from).padStart(2, '0')}
            </span>{' '}
            {isZh ? places.zh : places.en}
          </span>
          <Places
            places={places}
            value={placesOf(value, places)}
            isReadOnly={isReadOnly}
            onWrite={(written) => onValue(withPlaces(string, value, places, written))}
          />
        </div>
      ))}
    </fieldset>
  )
}

interface PlacesProps {
  readonly places: CodedPlaces
  readonly value: string
  readonly isReadOnly: boolean
  readonly onWrite: (written: string) => void
}

function Places({ places, value, isReadOnly, onWrite }: PlacesProps) {
  const { t, i18n } = useTranslation()
  const name = i18n.language === 'zh-CN' ? places.zh : places.en
  const { choices, width, length } = places
  if (choices === null) {
    return (
      <input
        value={value.trimEnd()}
        maxLength={length}
        size={length + 1}
        aria-label={name}
        readOnly={isReadOnly}
        translate="no"
        data-aid
        onChange={({ target }) => onWrite(target.value)}
      />
    )
  }
  const parts = Array.from({ length: length / width }, (_, at) =>
    value.slice(at * width, (at + 1) * width),
  )
  return (
    <span className="cd-editor-codes">
      {parts.map((part, at) => {
        const isList = parts.length > 1
        const isUnknown =
          !choices.some(({ code }) => code === part) && !(isList && part.trim() === '')
        return (
          <select
            key={at}
            value={part}
            disabled={isReadOnly}
            aria-label={parts.length === 1 ? name : t('editor.codeOf', { name, number: at + 1 })}
            data-aid
            data-from={places.from + at * width}
            onChange={({ target }) =>
              onWrite(parts.map((one, other) => (other === at ? target.value : one)).join(''))
            }
          >
            {isUnknown && <option value={part}>{part.replaceAll(' ', '#')}</option>}
            {isList && <option value={' '.repeat(width)}>—</option>}
            {choices.map(({ code, zh, en }) => (
              <option key={code} value={code}>
                {code.replaceAll(' ', '#')} · {i18n.language === 'zh-CN' ? zh : en}
              </option>
            ))}
          </select>
        )
      })}
    </span>
  )
}
