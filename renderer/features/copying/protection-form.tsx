import { Button, Input, Segmented, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MarcProfile } from '../../../domain/cataloguing-records.ts'
import { ProtectionLine, ProtectionRule } from '../../../domain/copying-records.ts'
import type { FieldProtection } from '../../../domain/copying-records.ts'
import { useKeys } from '../../app/keys.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { SettingUp } from './use-setting-up.ts'

interface ProtectionFormProps {
  readonly kept: FieldProtection
  readonly onProfile: (profile: FieldProtection['id']) => void
  readonly mayEdit: boolean
  readonly acts: SettingUp
}

const isTag = (tag: string): boolean => ProtectionLine.shape.tag.safeParse(tag).success

/** What a copied record leaves alone, a line for a tag or a block of tags. */
export function ProtectionForm({ kept, onProfile, mayEdit, acts }: ProtectionFormProps) {
  const { t, i18n } = useTranslation()
  const [lines, setLines] = useState<readonly ProtectionLine[]>(kept.lines)
  const isChanged = JSON.stringify(lines) !== JSON.stringify(kept.lines)
  const maySave = mayEdit && isChanged && lines.every(({ tag }) => isTag(tag))
  const save = async (): Promise<void> => {
    if (!maySave) return
    const { id: profile, revision } = kept
    await acts.act('copying.set-protection', { profile, revision, lines: [...lines] })
  }
  const set = (at: number, parts: Partial<ProtectionLine>): void =>
    setLines(lines.map((line, index) => (index === at ? { ...line, ...parts } : line)))
  useKeys(
    maySave ? [{ combo: 'Alt+Enter', label: t('copying.protection'), run: () => void save() }] : [],
  )
  return (
    <Panel title={t('copying.protection')} testId="protection-form" className="cd-scroll">
      <Segmented
        options={MarcProfile.options.map((value) => ({
          value,
          label: t(`search.profile.${value}`),
        }))}
        value={kept.id}
        onChange={onProfile}
      />
      <p className="cd-quiet">{t('copying.protectionHint')}</p>
      <ul className="cd-copying-lines">
        {lines.map(({ tag, rule }, index) => (
          <li key={index} data-testid="protection-line">
            <Input
              aria-label={t('copying.tag')}
              value={tag}
              maxLength={3}
              disabled={!mayEdit}
              translate="no"
              {...(isTag(tag) ? {} : { status: 'error' as const, title: t('copying.badTag') })}
              onChange={({ target }) => set(index, { tag: target.value.toUpperCase() })}
            />
            <Select
              key={i18n.language}
              aria-label={t('copying.ruleName')}
              value={rule}
              disabled={!mayEdit}
              virtual={false}
              options={ProtectionRule.options.map((value) => ({
                value,
                label: t(`copying.rule.${value}`),
              }))}
              onChange={(next) => set(index, { rule: next })}
            />
            {mayEdit && (
              <Button
                size="small"
                aria-label={`${t('copying.removeLine')} ${tag}`}
                onClick={() => setLines(lines.filter((_, at) => at !== index))}
              >
                {t('copying.removeLine')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayEdit && (
        <div className="cd-row-of-buttons">
          <Button
            onClick={() => setLines([{ tag: '', rule: 'keep' }, ...lines])}
            data-testid="protection-add"
          >
            {t('copying.addLine')}
          </Button>
          <Button
            type="primary"
            disabled={!maySave}
            onClick={() => void save()}
            data-testid="protection-save"
          >
            {t('copying.save')} <KeyHint combo="Alt+Enter" />
          </Button>
        </div>
      )}
    </Panel>
  )
}
