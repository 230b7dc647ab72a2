import { Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { useKeys } from '../../app/keys.tsx'
import { useDeskDispatch } from '../../app/store.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { DueChoiceForm } from './due-choice-form.tsx'
import { lendModes, modeChosen } from './lend-state.ts'
import type { LendMode } from './lend-state.ts'

interface LendModesProps {
  readonly mode: LendMode
  /** The field for scans is to have the focus again. */
  readonly onDone: () => void
}

/** For this reader alone: the next one borrows to take home. */
export function LendModes({ mode, onDone }: LendModesProps) {
  const { t } = useTranslation()
  const dispatch = useDeskDispatch()
  const next = lendModes[(lendModes.indexOf(mode) + 1) % lendModes.length] ?? 'home'
  useKeys([{ combo: 'Alt+w', label: t('lend.mode'), run: () => dispatch(modeChosen(next)) }])
  return (
    <div className={mode === 'home' ? 'cd-drop' : 'cd-drop cd-drop-on'}>
      <Radio.Group
        aria-label={t('lend.mode')}
        optionType="button"
        buttonStyle="solid"
        value={mode}
        name="lend-mode"
        data-testid="lend-mode"
        onChange={(event) => dispatch(modeChosen(event.target.value as LendMode))}
        options={lendModes.map((value) => ({ value, label: t(`lend.modes.${value}`) }))}
      />
      <KeyHint combo="Alt+w" />
      <span className="cd-quiet">
        {mode === 'take-over' && t('lend.takeOverHint')}
        {mode === 'reading-room' && t('lend.readingRoomHint')}
      </span>
      {mode === 'home' && <DueChoiceForm onDone={onDone} />}
    </div>
  )
}
