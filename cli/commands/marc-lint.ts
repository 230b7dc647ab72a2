/** `citydesk marc lint FILE` */
import { createReadStream } from 'node:fs'

import { recordContext } from '../../domain/marc/lint-finding.ts'
import { lintRecord } from '../../domain/marc/lint.ts'
import { readRecords } from '../../main/engine/import/read-records.ts'
import type { Reading } from '../../main/engine/import/record-reading.ts'
import { UnusableInput } from '../command.ts'
import type { Command } from '../command.ts'
import { readingChoices, readingHelp, readingOptions } from './reading-options.ts'

interface LintLine {
  readonly rule: string
  readonly severity: 'error' | 'warning'
  readonly field: string
  readonly message: string
  readonly messageZh: string
  readonly fix: string | null
}

export const marcLint: Command = {
  name: 'marc lint',
  summary: 'Checks records by the quality rules of Chinese cataloguing.',
  help: `FILE
${readingHelp}

JSON: { records: [{ record, findings: [{ rule, severity, field, message, fix }] }] };
exit status 1 where a record has an error or cannot be read.`,
  options: readingOptions,
  run: async ([path], values) => {
    if (path === undefined) throw new UnusableInput('marc lint needs a FILE')
    const records: { record: number; findings: LintLine[] }[] = []
    const context = recordContext(new Date().getFullYear())
    for await (const { readings } of readRecords(createReadStream(path), readingChoices(values))) {
      for (const reading of readings) records.push(lintReading(reading, context))
    }
    const errors = records.flatMap(({ findings }) => findings.filter((f) => f.severity === 'error'))
    return {
      exit: errors.length > 0 ? 1 : 0,
      json: { records },
      text: records
        .flatMap(({ record, findings }) =>
          findings.map(
            ({ rule, severity, field, message }) =>
              `record ${record}: ${severity} ${rule} ${field}: ${message}`,
          ),
        )
        .join('\n'),
    }
  },
}

type Context = Parameters<typeof lintRecord>[2]

function lintReading(reading: Reading, context: Context) {
  if ('refused' in reading) {
    const { record, reason } = reading.refused
    return { record, findings: [unreadable(reason)] }
  }
  const findings = lintRecord(reading.record, reading.profile, context).map(
    ({ rule, severity, tag, subfield, message, fix }): LintLine => ({
      rule,
      severity,
      field: subfield === null ? tag : `${tag}$${subfield}`,
      message: message.en,
      messageZh: message.zh,
      fix,
    }),
  )
  return { record: reading.number, findings }
}

/** Rule M01 holds the frame of a record. */
const unreadable = (reason: string): LintLine => ({
  rule: 'M01',
  severity: 'error',
  field: 'LDR',
  message: `The record cannot be read: ${reason}`,
  messageZh: `记录无法读取：${reason}`,
  fix: null,
})
