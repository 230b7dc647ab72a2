/** What became of an offline file, to be printed or kept. */
import type { TFunction } from 'i18next'
import type { OfflineFile, OfflineRow } from '../../../contract/offline-shapes.ts'
import { heaviestFirst, dayAndTime, wordsOfFinding, yuan } from '../../app/words.ts'

interface Words {
  readonly t: TFunction
  readonly language: string
}

/** Why a line was not recorded, or what the city will ask about it. */
export function whyOf({ t, language }: Words, { reason, is, findings }: OfflineRow): string {
  if (reason !== null) {
    const words = t('offline.reason', { returnObjects: true })
    const known = Object.hasOwn(words, reason) ? words[reason as keyof typeof words] : null
    // The file's own word, where it is none that we know.
    return known ?? (is === 'not-taken' ? `${words.other}（${reason.slice(0, 40)}）` : reason)
  }
  return heaviestFirst(findings)
    .filter(({ level }) => level !== 'note')
    .map((finding) => wordsOfFinding(t, language, finding).title)
    .join(language === 'zh-CN' ? '、' : ', ')
}

export const aboutOf = ({ barcode, card, amountFen }: OfflineRow): string =>
  [barcode, card, amountFen === null ? null : yuan(amountFen)]
    .filter((one) => one !== null)
    .join(' · ')

/** For paper of 80 mm: the counts, then each row to look at. */
export function reportText(words: Words, file: OfflineFile): string {
  const { t } = words
  const { counts } = file
  const outcomes = (Object.keys(counts) as (keyof typeof counts)[]).filter((one) => counts[one] > 0)
  const line = '-'.repeat(32)
  return [
    t('offline.title'),
    file.name,
    ...(file.endedAt === null ? [] : [dayAndTime(file.endedAt)]),
    line,
    `${t('offline.count.checkOuts')} ${file.checkOutsCount}  ${t('offline.count.checkIns')} ${file.checkInsCount}`,
    `${t('offline.count.renewals')} ${file.renewalsCount}  ${t('offline.count.uses')} ${file.usesCount}`,
    `${t('offline.count.payments')} ${file.paymentsCount}  ${yuan(file.paymentsFen)}`,
    ...outcomes.map((one) => `${t(`offline.outcome.${one}`)} ${counts[one]}`),
    line,
    ...file.rows.flatMap((row) => [
      `${t('offline.line')} ${row.line}  ${t(`offline.is.${row.is}`)}  ${t(`offline.outcome.${row.outcome}`)}`,
      ...[aboutOf(row), whyOf(words, row)].filter((text) => text !== '').map((text) => `  ${text}`),
    ]),
  ].join('\n')
}

/** For a spreadsheet: UTF-8 with its mark, so that Excel reads the hanzi. */
export function reportCsv(words: Words, file: OfflineFile): string {
  const { t } = words
  const head = ['line', 'when', 'what', 'about', 'outcomes', 'why'] as const
  const rows = file.rows.map((row) => [
    String(row.line),
    row.happenedAt === null ? '' : dayAndTime(row.happenedAt),
    t(`offline.is.${row.is}`),
    aboutOf(row),
    t(`offline.outcome.${row.outcome}`),
    whyOf(words, row),
  ])
  const all = [head.map((name) => t(`offline.${name}`)), ...rows]
  return `\ufeff${all.map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`
}

/** What a file says is text: a cell that begins like a formula must not be run as one. */
function csvCell(text: string): string {
  const tame = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame
}
