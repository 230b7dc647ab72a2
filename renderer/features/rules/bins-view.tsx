import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnswerOf } from '../../../contract/queries.ts'
import { SorterBin } from '../../../domain/policy/sorter-bins.ts'
import { ItemType } from '../../../domain/records.ts'
import type { Library } from '../../../domain/records.ts'
import { useKeys } from '../../app/keys.tsx'
import { itemTypeWord, named } from '../../app/rule-words.ts'
import type { Words } from '../../app/rule-words.ts'
import { useMay } from '../../app/session.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Choose } from './choose.tsx'
import type { Choice } from './choose.tsx'
import type { RuleActs } from './use-rule-acts.ts'

const BINS_MAX = 200
const ways = SorterBin.shape.to.unwrap().options
const emptyBin: SorterBin = {
  bin: '',
  to: null,
  toBranchId: null,
  ownerLibraryId: null,
  itemType: null,
  shelfBegins: null,
}

interface BinsViewProps {
  readonly places: AnswerOf<'branches'>
  readonly words: Words
  readonly ownLibraryId: string
  readonly acts: RuleActs
}

/** The bins of a library's sorter; the first row that fits counts. */
export function BinsView({ places, words, ownLibraryId, acts }: BinsViewProps) {
  const { t } = useTranslation()
  const mayEdit = useMay('edit-calendar')
  const [libraryId, setLibraryId] = useState(ownLibraryId)
  const library = places.libraries.find(({ id }) => id === libraryId)
  if (library === undefined) return null
  return (
    <Panel className="cd-grow cd-scroll" title={t('rules.tab.bins')}>
      <Choose
        label={t('rules.library')}
        value={libraryId}
        choices={places.libraries.map((one) => ({ value: one.id, label: named(words, one) }))}
        onChoose={(id) => setLibraryId(id ?? ownLibraryId)}
        testId="bins-library"
      />
      <p className="cd-quiet">{t('rules.bins.hint')}</p>
      {!mayEdit && <p className="cd-quiet">{t('rules.mayNot')}</p>}
      <BinsTable
        key={libraryId}
        library={library}
        places={places}
        words={words}
        acts={acts}
        mayEdit={mayEdit}
      />
    </Panel>
  )
}

interface BinsTableProps extends Omit<BinsViewProps, 'ownLibraryId'> {
  readonly library: Library
  readonly mayEdit: boolean
}

/**
 * What is being written stays, whatever another desk saves meanwhile: saved now, it takes the place of
 * what came, which the person was told of.
 */
function useBinsDraft(now: readonly SorterBin[]) {
  const [draft, setDraft] = useState({ from: now, bins: now })
  const isUntouched = draft.bins === draft.from
  const hasMoved = JSON.stringify(draft.from) !== JSON.stringify(now)
  if (hasMoved && (isUntouched || JSON.stringify(draft.bins) === JSON.stringify(now))) {
    setDraft({ from: now, bins: now })
  }
  return {
    from: isUntouched ? draft.from : now,
    bins: draft.bins,
    setBins: (bins: readonly SorterBin[]) => setDraft({ ...draft, bins }),
    isOvertaken: hasMoved && !isUntouched,
    dismiss: () => setDraft({ from: now, bins: now }),
  }
}

function BinsTable({ library, places, words, acts, mayEdit }: BinsTableProps) {
  const { t } = useTranslation()
  const { from, bins, setBins, isOvertaken, dismiss } = useBinsDraft(library.sorterBins)
  const isWhole = bins.every(({ bin }) => bin.trim() !== '')
  const maySave = mayEdit && isWhole && bins !== from && !acts.isWorking
  const save = (): void => {
    if (maySave)
      void acts.act('library.set-bins', {
        library: library.id,
        from: [...from],
        to: [...bins],
      })
  }
  useKeys(mayEdit ? [{ combo: 'Control+s', label: t('rules.save'), run: save }] : [])
  const change = (index: number, parts: Partial<SorterBin>): void => {
    if (mayEdit) setBins(bins.map((row, at) => (at === index ? { ...row, ...parts } : row)))
  }
  return (
    <>
      {isOvertaken && (
        <div role="status" className="cd-row-of-buttons" data-testid="bins-overtaken">
          <p>{t('rules.bins.overtaken')}</p>
          <Button onClick={dismiss}>{t('rules.bins.showTheirs')}</Button>
        </div>
      )}
      {bins.length === 0 && <p className="cd-quiet">{t('rules.bins.none')}</p>}
      <ol className="cd-bins" data-testid="bins">
        {bins.map((row, index) => (
          <li key={index}>
            <fieldset disabled={!mayEdit} className="cd-rule-fields cd-rule-fields-bins">
              <BinFields
                row={row}
                number={index + 1}
                places={places}
                words={words}
                onChange={(parts) => change(index, parts)}
              />
              {mayEdit && (
                <span className="cd-row-of-buttons">
                  <Button
                    disabled={index === 0}
                    aria-label={t('rules.bins.up', { number: index + 1 })}
                    onClick={() => setBins(movedUp(bins, index))}
                  >
                    ↑
                  </Button>
                  <Button
                    aria-label={t('rules.bins.remove', { number: index + 1 })}
                    onClick={() => setBins(bins.filter((_, at) => at !== index))}
                    data-testid={`bin-remove-${index + 1}`}
                  >
                    ×
                  </Button>
                </span>
              )}
            </fieldset>
          </li>
        ))}
      </ol>
      {mayEdit && (
        <div className="cd-row-of-buttons">
          <Button
            disabled={bins.length >= BINS_MAX}
            onClick={() => setBins([...bins, emptyBin])}
            data-testid="bin-add"
          >
            {t('rules.bins.add')}
          </Button>
          <Button type="primary" disabled={!maySave} onClick={save} data-testid="bins-save">
            {t('rules.save')} <KeyHint combo="Control+s" />
          </Button>
        </div>
      )}
    </>
  )
}

function movedUp(bins: readonly SorterBin[], index: number): SorterBin[] {
  const row = bins[index]
  const others = bins.filter((_, at) => at !== index)
  return row === undefined ? others : others.toSpliced(index - 1, 0, row)
}

interface BinFieldsProps {
  readonly row: SorterBin
  readonly number: number
  readonly places: AnswerOf<'branches'>
  readonly words: Words
  readonly onChange: (parts: Partial<SorterBin>) => void
}

function BinFields({ row, number, places, words, onChange }: BinFieldsProps) {
  const { t } = useTranslation()
  const choicesOf = (found: AnswerOf<'branches'>['branches' | 'libraries']) =>
    found.map((one): Choice => ({ value: one.id, label: named(words, one) }))
  const wayChoices = ways.map((value) => ({ value, label: t(`rules.bins.way.${value}`) }))
  const typeChoices = ItemType.options.map((value) => ({
    value,
    label: itemTypeWord(words, value),
  }))
  const text = (field: 'bin' | 'shelfBegins', most: number) => (
    <label className="cd-rule-field">
      <span>{t(`rules.bins.${field}`)}</span>
      <Input
        aria-label={t('rules.bins.row', { number, field: t(`rules.bins.${field}`) })}
        value={row[field] ?? ''}
        maxLength={most}
        data-testid={`bin-${number}-${field}`}
        onChange={({ target }) => {
          const isAny = field === 'shelfBegins' && target.value === ''
          onChange({ [field]: isAny ? null : target.value })
        }}
      />
    </label>
  )
  const choose = (
    field: 'to' | 'toBranchId' | 'ownerLibraryId' | 'itemType',
    label: string,
    choices: readonly Choice[],
  ) => (
    <Choose
      label={label}
      value={row[field]}
      choices={choices}
      hasAny
      onChoose={(value) => onChange({ [field]: value })}
      testId={`bin-${number}-${field}`}
    />
  )
  return (
    <>
      {text('bin', 20)}
      {choose('to', t('rules.bins.to'), wayChoices)}
      {choose('toBranchId', t('rules.bins.toBranch'), choicesOf(places.branches))}
      {choose('ownerLibraryId', t('rules.bins.owner'), choicesOf(places.libraries))}
      {choose('itemType', t('rules.column.itemType'), typeChoices)}
      {text('shelfBegins', 40)}
    </>
  )
}
