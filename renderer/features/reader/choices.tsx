import { useId } from 'react'

interface ChoicesProps<T extends string> {
  readonly label: string
  readonly choices: readonly { readonly id: T; readonly word: string }[]
  readonly chosen: readonly T[]
  readonly onChoose: (id: T) => void
  /** Several may be chosen together; the spacebar takes one in or out. */
  readonly isMany?: boolean
  readonly testId: string
}

/** A few words to choose from, in one line; the arrow keys walk through them. */
export function Choices<T extends string>(props: ChoicesProps<T>) {
  const { label, choices, chosen, onChoose, isMany = false, testId } = props
  const name = useId()
  return (
    <fieldset className="cd-lines" aria-label={label} data-testid={testId}>
      <legend className="cd-quiet">{label}</legend>
      {choices.map(({ id, word }) => (
        <label key={id} className={chosen.includes(id) ? 'cd-line cd-line-chosen' : 'cd-line'}>
          <input
            type={isMany ? 'checkbox' : 'radio'}
            name={name}
            value={id}
            checked={chosen.includes(id)}
            onChange={() => onChoose(id)}
          />
          <span>{word}</span>
        </label>
      ))}
    </fieldset>
  )
}
