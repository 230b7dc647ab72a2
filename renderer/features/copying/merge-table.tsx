import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ProtectionRule } from '../../../domain/copying-records.ts'
import { Panel } from '../../ui/panel.tsx'
import type { ChangedField } from './taken-record.ts'

interface MergeTableProps {
  readonly fields: readonly ChangedField[]
  readonly sameCount: number
  readonly chosen: Readonly<Record<string, ProtectionRule>>
  /** Null: as the city's lines say. */
  readonly onChoose: (tag: string, rule: ProtectionRule | null) => void
}

/** Ours, theirs and what would stand afterwards, field by field, before anything is taken. */
export function MergeTable({ fields, sameCount, chosen, onChoose }: MergeTableProps) {
  const { t } = useTranslation()
  return (
    <Panel title={t('copying.diff')} testId="copy-merge" className="cd-scroll cd-grow">
      <table className="cd-table cd-copying-fields">
        <thead>
          <tr>
            <th scope="col">{t('copying.diffField')}</th>
            <th scope="col">{t('copying.ours')}</th>
            <th scope="col">{t('copying.theirs')}</th>
            <th scope="col">{t('copying.result')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ tag, rule, ours, theirs, taken, isChanged }) => (
            <tr key={tag} data-testid="copy-merge-field" data-changed={isChanged}>
              <th scope="row">
                <span translate="no">{tag}</span>
                <span className="cd-copying-rule">{t(`copying.rule.${rule}`)}</span>
                <Button
                  size="small"
                  aria-label={`${tag} ${t(choiceWord(chosen[tag], isChanged))}`}
                  onClick={() => onChoose(tag, nextChoice(chosen[tag], isChanged))}
                  data-testid="copy-choose"
                >
                  {t(choiceWord(chosen[tag], isChanged))}
                </Button>
              </th>
              <Lines lines={ours} />
              <Lines lines={theirs} />
              <Lines lines={taken} />
            </tr>
          ))}
        </tbody>
      </table>
      <p className="cd-quiet">{t('copying.unchanged', { count: sameCount })}</p>
    </Panel>
  )
}

/** One button: the other way round, and back to the rule. */
const nextChoice = (now: ProtectionRule | undefined, isChanged: boolean): ProtectionRule | null =>
  now !== undefined ? null : isChanged ? 'keep' : 'replace'

const choiceWord = (now: ProtectionRule | undefined, isChanged: boolean) =>
  now !== undefined ? 'copying.byRule' : isChanged ? 'copying.keepOurs' : 'copying.takeTheirs'

function Lines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <td translate="no">
      {lines.length === 0 ? '—' : lines.map((line, index) => <div key={index}>{line}</div>)}
    </td>
  )
}
