import { Input } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { AwaitedRow } from './serial-rows.ts'
import { issueText } from './issue-words.ts'

/** What was claimed just now, as a letter to each vendor: to be copied into whatever goes to them. */
export function ClaimLetter({ rows }: { readonly rows: readonly AwaitedRow[] }) {
  const { t } = useTranslation()
  const id = useId()
  const letters = [...Map.groupBy(rows, ({ vendor }) => vendor)].map(([vendor, ofVendor]) =>
    [
      t('serials.claimText', { vendor: vendor ?? t('serials.noVendor') }),
      ...ofVendor.map(({ title, issue, copies, copiesCount }) =>
        t('serials.claimLine', {
          title: title ?? '—',
          issue: issueText(t, issue),
          publishedOn: issue.publishedOn,
          count: copies - copiesCount,
        }),
      ),
    ].join('\n'),
  )
  return (
    <>
      <label htmlFor={id}>{t('serials.claimLetter')}</label>
      <Input.TextArea
        id={id}
        readOnly
        rows={5}
        value={letters.join('\n\n')}
        data-testid="claim-letter"
      />
    </>
  )
}
