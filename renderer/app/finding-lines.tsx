import { useTranslation } from 'react-i18next'
import type { Finding } from '../../domain/operation.ts'
import { usePolicyLines } from './policy-line.ts'
import type { PolicyLines } from './policy-line.ts'
import { ToneMark } from '../ui/tone.tsx'
import type { ToneName } from '../ui/tone.tsx'
import { heaviestFirst, titled, wordsOfFinding } from './words.ts'

/** A finding as a receipt or a row of today's list carries it: the code of a newer version included. */
interface Shown extends Pick<Finding, 'level' | 'params'> {
  readonly code: string
}

const toneByLevel = {
  impossible: 'stop',
  override: 'needs-you',
  alert: 'needs-you',
  note: 'noted',
} as const satisfies Record<Finding['level'], ToneName>

/** Which line of the policy, or whose limit, decided it (P3). */
function ruleOf(lines: PolicyLines | null, { params }: Pick<Shown, 'params'>): string {
  const { line, category } = params
  if (lines === null) return ''
  if (typeof line === 'string' && line !== '') return ` ${lines.words(line)}`
  return typeof category === 'string' ? ` ${lines.category(category)}` : ''
}

/** Every finding with what, why and what to do next. */
export function FindingLines({ findings }: { readonly findings: readonly Shown[] }) {
  const { t, i18n } = useTranslation()
  const lines = usePolicyLines()
  return (
    <ul className="cd-findings">
      {heaviestFirst(findings).map((finding) => {
        const words = wordsOfFinding(t, i18n.language, finding)
        return (
          <li key={finding.code} data-finding={finding.code} data-level={finding.level}>
            <div className="cd-finding-head">
              <ToneMark tone={toneByLevel[finding.level]} word={t(`level.${finding.level}`)} />
              <strong>{words.title}</strong>
              <span>{words.what}</span>
            </div>
            <p>
              <b>{t('finding.why')}</b> {words.why}
              {ruleOf(lines, finding)} <b>{t('finding.next')}</b> {words.next}
            </p>
          </li>
        )
      })}
    </ul>
  )
}

/** The same in one line, for a row of a list. */
export function FindingChips({ findings }: { readonly findings: readonly Shown[] }) {
  const { t, i18n } = useTranslation()
  return (
    <span className="cd-chips">
      {heaviestFirst(findings).map((finding) => {
        const words = wordsOfFinding(t, i18n.language, finding)
        const tone = toneByLevel[finding.level]
        return (
          <span
            key={finding.code}
            className={`cd-chip cd-tone-${tone}`}
            title={titled(t, i18n.language, words.title, [words.what, words.next])}
          >
            {titled(t, i18n.language, words.title, [words.what])}
          </span>
        )
      })}
    </span>
  )
}
