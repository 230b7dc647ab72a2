/**
 * What a scanned or typed code is, by its pattern and, where the scanner reports it, by its
 * symbology. The patterns are policy: every network prints its own (reference/domain-cn.md 2.5).
 */
import { z } from 'zod'
import { normaliseBarcode } from './barcode.ts'
import { hasControlCharacter } from './code-text.ts'
import { hasEan13CheckDigit } from './ean-13.ts'
import { isIdNumber, normaliseIdNumber } from './id-number.ts'

export const ScanKind = z.enum([
  'item',
  'reader-card',
  'isbn',
  'issn',
  'virtual-card',
  'staff-badge',
  'kiosk',
  'bin',
  'ticket',
  'id-card',
])
export type ScanKind = z.infer<typeof ScanKind>

/** A QR code may be longer than a label, never longer than this. */
export const SCAN_LENGTH_MAX = 1024

const compiles = (source: string): boolean => {
  try {
    return new RegExp(source, 'u') instanceof RegExp
  } catch {
    return false
  }
}

export const ScanRule = z.strictObject({
  kind: ScanKind,
  /** Anchored regular expression (flag `u`). A capture group 1, if any, is the code. */
  pattern: z.string().max(200).startsWith('^').endsWith('$').refine(compiles),
  /** AIM identifiers this kind is printed in, by their beginning (`]C`, `]E0`); null: any. */
  aims: z
    .array(z.string().regex(/^\][A-Za-z][0-9A-Za-z]?$/))
    .max(20)
    .nullable(),
  check: z.enum(['none', 'ean-13', 'id-number']),
})
export type ScanRule = z.infer<typeof ScanRule>

export const ScanPolicy = z.strictObject({ rules: z.array(ScanRule).max(100) })
export type ScanPolicy = z.infer<typeof ScanPolicy>

/** Shenzhen's forms. The `CD:` forms are the sample city's own; a network puts its own instead. */
export const defaultScanPolicy: ScanPolicy = {
  rules: [
    {
      kind: 'item',
      pattern: '^((?:0440\\d\\d|0441\\d\\d|0442\\d\\d|F44010)\\d{8})$',
      aims: [']C', ']A', ']F', ']I', ']Q', ']d'],
      check: 'none',
    },
    {
      kind: 'reader-card',
      pattern: '^(0440\\d{9})$',
      aims: [']C', ']A', ']F', ']I', ']Q'],
      check: 'none',
    },
    // Cards from before the unified service: eight digits.
    {
      kind: 'reader-card',
      pattern: '^(\\d{8})$',
      aims: [']C', ']A', ']F', ']I', ']Q'],
      check: 'none',
    },
    // A book's back cover may carry a 2- or 5-digit add-on (price, issue) behind the 13 digits.
    { kind: 'isbn', pattern: '^(97[89]\\d{10})(?:\\d\\d|\\d{5})?$', aims: [']E'], check: 'ean-13' },
    { kind: 'issn', pattern: '^(977\\d{10})(?:\\d\\d|\\d{5})?$', aims: [']E'], check: 'ean-13' },
    {
      kind: 'virtual-card',
      pattern: '^CD:V:([\\w.~-]{8,900})$',
      aims: [']Q', ']d'],
      check: 'none',
    },
    { kind: 'staff-badge', pattern: '^CD:S:([\\w-]{3,40})$', aims: null, check: 'none' },
    { kind: 'kiosk', pattern: '^CD:K:([\\w-]{1,40})$', aims: null, check: 'none' },
    { kind: 'bin', pattern: '^CD:B:([\\w-]{1,40})$', aims: null, check: 'none' },
    { kind: 'ticket', pattern: '^CD:T:([\\w-]{4,60})$', aims: null, check: 'none' },
    // Typed, or read from the card. The longer form of an ISBN has as many digits, and another check.
    {
      kind: 'id-card',
      pattern: '^([1-9]\\d{16}[\\dXx])$',
      aims: null,
      check: 'id-number',
    },
  ],
}

export type UnknownScanReason =
  | 'no-rule'
  | 'wrong-check-digit'
  | 'empty'
  | 'too-long'
  | 'control-character'

export type ClassifiedScan =
  | { readonly kind: ScanKind; readonly code: string; readonly original: string }
  | {
      readonly kind: 'ambiguous'
      readonly code: string
      readonly original: string
      /** At least two, in the policy's order: the librarian chooses. */
      readonly kinds: readonly ScanKind[]
    }
  | {
      readonly kind: 'unknown'
      readonly code: string
      readonly original: string
      readonly reason: UnknownScanReason
      /** Whose form it has, where the check digit is wrong. */
      readonly nearlyKinds: readonly ScanKind[]
    }

interface Candidate {
  readonly kind: ScanKind
  readonly code: string
  readonly isChecked: boolean
}

const candidatesFor = (rules: readonly ScanRule[], code: string): Candidate[] =>
  rules.flatMap((rule): Candidate[] => {
    const found = new RegExp(rule.pattern, 'u').exec(code)
    if (found === null) return []
    const own = found[1] ?? code
    const isId = rule.check === 'id-number'
    return [
      {
        kind: rule.kind,
        code: isId ? normaliseIdNumber(own) : own,
        isChecked: isSound(rule.check, own),
      },
    ]
  })

function isSound(check: ScanRule['check'], code: string): boolean {
  if (check === 'id-number') return isIdNumber(code)
  return check === 'none' || hasEan13CheckDigit(code)
}

const isPrintedIn = (rule: ScanRule, aim: string): boolean =>
  rule.aims === null || rule.aims.some((start) => aim.startsWith(start))

/**
 * Classifies one scan. `aim` is the scanner's AIM identifier (`]C0`), null where the device has
 * none or the code was typed. The symbology decides between kinds; alone it never makes a known
 * code unknown, because some networks print cards in an unusual symbology. A wrong check digit is
 * reported and never corrected.
 */
export const classifyScan = (
  policy: ScanPolicy,
  scan: { readonly text: string; readonly aim: string | null },
): ClassifiedScan => {
  const original = scan.text
  const code = normaliseBarcode(original)
  const unknown = (
    reason: UnknownScanReason,
    nearlyKinds: readonly ScanKind[] = [],
  ): ClassifiedScan => ({ kind: 'unknown', code, original, reason, nearlyKinds })
  if (code === '') return unknown('empty')
  if (code.length > SCAN_LENGTH_MAX) return unknown('too-long')
  if (hasControlCharacter(code) || !code.isWellFormed()) return unknown('control-character')

  const { aim } = scan
  const printed = aim === null ? policy.rules : policy.rules.filter((r) => isPrintedIn(r, aim))
  const bySymbology = candidatesFor(printed, code)
  const candidates = bySymbology.length > 0 ? bySymbology : candidatesFor(policy.rules, code)
  const sound = candidates.filter((candidate) => candidate.isChecked)
  const first = sound[0]
  if (first === undefined) {
    const nearly = candidates.map(({ kind }) => kind)
    return nearly.length > 0 ? unknown('wrong-check-digit', nearly) : unknown('no-rule')
  }
  const kinds = [...new Set(sound.map((candidate) => candidate.kind))]
  if (kinds.length > 1) return { kind: 'ambiguous', code, original, kinds }
  return { kind: first.kind, code: first.code, original }
}
