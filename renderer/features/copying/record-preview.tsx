import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CopiedRecord } from '../../../contract/copy-shapes.ts'
import type { ProtectionRule } from '../../../domain/copying-records.ts'
import { useFieldProtectionQuery } from '../../app/desk-api.ts'
import { FindingLines } from '../../app/finding-lines.tsx'
import { useKeys } from '../../app/keys.tsx'
import { useMay } from '../../app/session.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ToneBanner } from '../../ui/tone.tsx'
import { MergeTable } from './merge-table.tsx'
import { RecordFaults } from './record-faults.tsx'
import { differingFields, fieldText, takenRecord } from './taken-record.ts'
import type { OwnRecord, TakenRecord } from './taken-record.ts'
import { useTaking } from './use-taking.ts'
import type { TakingActs } from './use-taking.ts'

interface RecordPreviewProps {
  readonly record: CopiedRecord
  readonly targetId: string
  readonly isTrusted: boolean
  /** What it is merged into; null for a new title. */
  readonly own: OwnRecord | null
}

/** The record as it would be taken, with its faults, and where it goes from here. */
export function RecordPreview({ record, targetId, isTrusted, own }: RecordPreviewProps) {
  const { t } = useTranslation()
  const { data: protection } = useFieldProtectionQuery({})
  const [isConverted, setIsConverted] = useState(false)
  const [chosen, setChosen] = useState<Readonly<Record<string, ProtectionRule>>>({})
  const acts = useTaking()
  if (protection === undefined) return null
  const taken = takenRecord(record, { own, isConverted, protection, chosen })
  const convert = own === null ? () => setIsConverted(!isConverted) : null
  return (
    <div className="cd-copying-preview">
      <Actions
        acts={acts}
        taken={taken}
        own={own}
        targetId={targetId}
        isTrusted={isTrusted}
        onConvert={convert}
        isConverted={isConverted}
      />
      <div className="cd-copying-work">
        {own === null ? (
          <Panel title={t('copying.preview')} testId="copy-preview" className="cd-scroll cd-grow">
            <RecordFields taken={taken} />
          </Panel>
        ) : (
          <MergeTable
            fields={differingFields(taken.tags)}
            sameCount={taken.tags.length - differingFields(taken.tags).length}
            chosen={chosen}
            onChoose={(tag, rule) => setChosen(withChoice(chosen, tag, rule))}
          />
        )}
        <Panel title={t('copying.lint')} testId="copy-lint" className="cd-scroll">
          <RecordFaults taken={taken} />
          {taken.lostFields.length > 0 && (
            <p data-testid="copy-losses">
              {t('copying.losses', { fields: taken.lostFields.join(' ') })}
            </p>
          )}
        </Panel>
      </div>
      {acts.last !== null && acts.last.tone !== 'done' && <Verdict acts={acts} />}
    </div>
  )
}

/** Null: by the city's lines again. */
function withChoice(
  chosen: Readonly<Record<string, ProtectionRule>>,
  tag: string,
  rule: ProtectionRule | null,
): Readonly<Record<string, ProtectionRule>> {
  const { [tag]: _before, ...others } = chosen
  return rule === null ? others : { ...others, [tag]: rule }
}

interface ActionsProps {
  readonly acts: TakingActs
  readonly taken: TakenRecord
  readonly own: OwnRecord | null
  readonly targetId: string
  readonly isTrusted: boolean
  readonly onConvert: (() => void) | null
  readonly isConverted: boolean
}

function Actions(props: ActionsProps) {
  const { acts, taken, own, targetId, isTrusted, onConvert, isConverted } = props
  const { t } = useTranslation()
  const mayReview = useMay('review-records')
  const mayTakeIn = mayReview || (own === null && isTrusted)
  const takeDraft = (): void => void acts.takeDraft(taken, own)
  const takeIn = (): void =>
    void (own === null ? acts.takeIn(taken, targetId) : acts.mergeIn(taken, own))
  const inWord = t(own === null ? 'copying.takeIn' : 'copying.mergeIn')
  useKeys([
    { combo: 'Alt+t', label: t('copying.takeDraft'), run: takeDraft },
    ...(mayTakeIn ? [{ combo: 'Alt+i', label: inWord, run: takeIn }] : []),
    ...(onConvert === null
      ? []
      : [{ combo: 'Alt+w', label: t('copying.convert'), run: onConvert }]),
  ])
  return (
    <div className="cd-copying-bar">
      <Button type="primary" disabled={!mayTakeIn} onClick={takeIn} data-testid="copy-take-in">
        {inWord} <KeyHint combo="Alt+i" />
      </Button>
      <Button onClick={takeDraft} data-testid="copy-take-draft">
        {t('copying.takeDraft')} <KeyHint combo="Alt+t" />
      </Button>
      {onConvert !== null && (
        <Button onClick={onConvert} data-testid="copy-convert">
          {t(isConverted ? 'copying.asSent' : 'copying.convert')} <KeyHint combo="Alt+w" />
        </Button>
      )}
      <span className="cd-quiet">{t(`search.profile.${taken.profile}`)}</span>
      {!mayTakeIn && <span className="cd-quiet">{t('copying.mayNot')}</span>}
    </div>
  )
}

function Verdict({ acts: { last } }: { readonly acts: TakingActs }) {
  const { t } = useTranslation()
  if (last === null) return null
  return (
    <div data-testid="copy-verdict" data-outcome={last.tone}>
      <ToneBanner
        tone={last.tone}
        testId="verdict"
        word={t(last.tone === 'stop' ? 'verdict.stop' : 'verdict.needsYou')}
        detail={last.failure === null ? '' : t(`failure.${last.failure}.next`)}
      />
      <FindingLines findings={last.findings} />
    </div>
  )
}

function RecordFields({ taken }: { readonly taken: TakenRecord }) {
  const { leader, fields } = taken.content
  return (
    <table className="cd-table cd-copying-fields" translate="no">
      <tbody>
        <tr>
          <th scope="row">LDR</th>
          <td>{leader.replaceAll(' ', '#')}</td>
        </tr>
        {fields.map((field, index) => (
          <tr key={index} data-testid="copy-field">
            <th scope="row">{field.tag}</th>
            <td>{fieldText(field)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
