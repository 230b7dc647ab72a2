import { useTranslation } from 'react-i18next'
import type { QualityCounts } from '../../../contract/quality-shapes.ts'
import { Panel } from '../../ui/panel.tsx'
import { ShareBar } from '../../ui/share-bar.tsx'
import { isNamedRule } from './named-rule.ts'

interface RulesPanelProps {
  readonly counts: QualityCounts
  readonly chosen: string | null
  readonly onChoose: (rule: string) => void
}

/** Each rule with its records; the figures beside the bar, the most first. */
export function RulesPanel({ counts, chosen, onChoose }: RulesPanelProps) {
  const { t } = useTranslation()
  const all = counts.byRule.toSorted(
    (one, other) => other.errors + other.warnings - one.errors - one.warnings,
  )
  const whole = Math.max(0, ...all.map(({ errors, warnings }) => errors + warnings))
  return (
    <Panel title={t('quality.rules')}>
      <table className="cd-table" data-testid="quality-rules">
        <caption className="cd-visually-hidden">{t('quality.rules')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('quality.rule')}</th>
            <th scope="col">{t('quality.errors')}</th>
            <th scope="col">{t('quality.warnings')}</th>
            <th scope="col">{t('quality.chart')}</th>
          </tr>
        </thead>
        <tbody>
          {all.map(({ rule, errors, warnings }) => (
            <tr key={rule}>
              <th scope="row">
                <button
                  type="button"
                  className="cd-quality-rule"
                  aria-pressed={rule === chosen}
                  onClick={() => onChoose(rule)}
                  data-testid="quality-rule"
                  data-rule={rule}
                >
                  <span translate="no">{rule}</span>{' '}
                  {isNamedRule(rule) ? t(`lintRule.${rule}`) : ''}
                </button>
              </th>
              <td className="cd-number">{errors}</td>
              <td className="cd-number">{warnings}</td>
              <td>
                <ShareBar strong={errors} weak={warnings} whole={whole} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
