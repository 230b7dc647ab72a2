/** From findings, money and times to what a person reads. */
import type { TFunction } from 'i18next'
import type { Receipt } from '../../contract/desk-api.ts'
import { dateAt } from '../../domain/words/calendar-date.ts'
import type { Finding } from '../../domain/operation.ts'
import { refusals } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'

export interface FindingWords {
  readonly title: string
  readonly what: string
  readonly why: string
  readonly next: string
}

const isRefusal = (code: string): code is Refusal => (refusals as readonly string[]).includes(code)

const weights = [
  'impossible',
  'override',
  'alert',
  'note',
] as const satisfies readonly Finding['level'][]

export const heaviestFirst = <F extends Pick<Finding, 'level'>>(findings: readonly F[]): F[] =>
  findings.toSorted((one, other) => weights.indexOf(one.level) - weights.indexOf(other.level))

export const yuan = (fen: number): string =>
  `${fen < 0 ? '−' : ''}¥${(Math.abs(fen) / 100).toFixed(2)}`

/** Findings carry facts (`owedFen`, `branchZh`); sentences want words (`owed`, `branch`). */
export function paramsInWords(
  params: Finding['params'],
  language: string,
): Record<string, string | number> {
  const worded: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(params)) {
    if (name.endsWith('Fen')) worded[name.slice(0, -3)] = yuan(Number(value))
    else if (name.endsWith('Zh') && language === 'zh-CN') worded[name.slice(0, -2)] = value
    else if (name.endsWith('En') && language !== 'zh-CN') worded[name.slice(0, -2)] = value
    else worded[name] = value === '9999-12-31' ? '…' : value
  }
  return worded
}

export function wordsOfFinding(
  t: TFunction,
  language: string,
  finding: { readonly code: string; readonly params: Finding['params'] },
): FindingWords {
  const { code } = finding
  // A newer server may name a state that this version has no sentence for: say that a person must look.
  if (!isRefusal(code)) {
    return { title: t('verdict.needsYou'), what: '', why: '', next: t('finding.unknown') }
  }
  const params = paramsInWords(finding.params, language)
  return {
    title: t(`refusal.${code}.title`),
    what: t(`refusal.${code}.what`, params),
    why: t(`refusal.${code}.why`, params),
    next: t(`refusal.${code}.next`, params),
  }
}

/** `title: text`, in the punctuation of the language; sentences of hanzi need no blank between them. */
export function titled(
  t: TFunction,
  language: string,
  title: string,
  texts: readonly string[],
): string {
  const text = texts.filter((one) => one !== '').join(language === 'zh-CN' ? '' : ' ')
  return text === '' ? title : t('state.titled', { title, text })
}

export function ageInWords(t: TFunction, ageMs: number): string {
  const minutes = Math.floor(ageMs / 60_000)
  if (minutes < 1) return t('status.justNow')
  if (minutes < 60) return t('status.minutes', { count: minutes })
  const hours = Math.floor(minutes / 60)
  return hours < 48
    ? t('status.hours', { count: hours })
    : t('status.days', { count: Math.floor(hours / 24) })
}

/**
 * What a verdict rests on: the line and the version of the rules, and how old the facts were.
 * `wordsOfLine` says a line in the reader's language: its own name is no word for anybody.
 */
export function groundsOf(
  t: TFunction,
  receipt: Pick<Receipt, 'factsAgeMs' | 'policyVersion' | 'summary'> | null | undefined,
  wordsOfLine: ((lineId: string) => string) | null = null,
): string {
  if (receipt === null || receipt === undefined) return ''
  const { factsAgeMs, policyVersion: version, summary } = receipt
  const [line] = (summary as { readonly policyLines?: readonly string[] } | null)?.policyLines ?? []
  return [
    line === undefined || version === undefined || wordsOfLine === null
      ? ''
      : t('verdict.byLine', { line: wordsOfLine(line), version }),
    factsAgeMs === null ? '' : t('status.age', { age: ageInWords(t, factsAgeMs) }),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** `14:05` on the wall of the city, whatever the PC says. */
export function clockTime(at: number): string {
  const minutes = Math.floor(at / 60_000) + 8 * 60
  const pad = (value: number): string => String(value).padStart(2, '0')
  return `${pad(Math.floor(minutes / 60) % 24)}:${pad(minutes % 60)}`
}

export const dayAndTime = (at: number): string => `${dateAt(at)} ${clockTime(at)}`

/** The first and the last four: enough to know one's own card by. */
export const maskedCard = (card: string): string =>
  card.length <= 8 ? card : `${card.slice(0, 4)}…${card.slice(-4)}`

/** 138****5678; shorter numbers keep their last two digits. */
export function maskedPhone(phone: string): string {
  return phone.length >= 7 ? `${phone.slice(0, 3)}****${phone.slice(-4)}` : `****${phone.slice(-2)}`
}
