/** `citydesk copy-search TEXT` */
import type { CopyAnswer } from '../../contract/copy-shapes.ts'
import { CopyTarget } from '../../domain/copying-records.ts'
import { bibToMarcRecord } from '../../domain/marc/bib-fields.ts'
import { createAnnouncer } from '../../main/engine/announce.ts'
import { systemClock } from '../../main/engine/clock.ts'
import { createCopyDesk } from '../../main/engine/copy-search/copy-desk.ts'
import { encodeRecord } from '../../main/engine/export/encode-record.ts'
import { UnusableInput, choice, textOption } from '../command.ts'
import type { Command, CommandOutcome, OptionValues } from '../command.ts'
import { openDraftFile } from '../draft-file.ts'
import { withDesk } from '../with-desk.ts'

export const copySearch: Command = {
  name: 'copy-search',
  summary: 'Looks in other catalogues, over SRU and Z39.50, for records to copy.',
  help: `TEXT [--by auto|title|author] [--out FILE]
  Asks every catalogue that the city has entered, at once, each within its own time-out; an ISBN or
  ISSN is asked for as a number, anything else as words of a title.
  --by title|author    words of a title, or of an author
  --out FILE           keeps the records, as ISO 2709 in UTF-8, for \`citydesk import\`
  Another catalogue, without a desk:
  --sru URL            https://host/path
  --z3950 HOST:PORT/DATABASE
                       by yaz-client (Debian: yaz), which has to be installed
  --profile cnmarc|unimarc|marc21   of its records (default marc21)
  --encoding auto|utf-8|gb18030|marc-8

Status 1: a catalogue failed; the answers of the others are told.

JSON: { asked, found, file, answers: [{ name, state, trouble, detail, total, unreadCount, ms,
  records: [{ profile, title, author, publisher, year, isbn }] }] }`,
  options: {
    by: { type: 'string' },
    out: { type: 'string' },
    sru: { type: 'string' },
    z3950: { type: 'string' },
    profile: { type: 'string' },
    encoding: { type: 'string' },
  },
  run: async (words, values, environment) => {
    if (words.length === 0) throw new UnusableInput('copy-search needs a TEXT')
    const by = choice(values, 'by', ['auto', 'title', 'author'], 'auto')
    const named = namedTarget(values)
    const targets =
      named === null ? await withDesk(environment, (desk) => desk.ask('copy-targets', {})) : [named]
    if (!targets.some(({ isAsked }) => isAsked)) {
      throw new UnusableInput(
        'no catalogue to ask: the city has entered none; name one by --sru or --z3950',
      )
    }
    const text = words.join(' ').slice(0, 400)
    const answers = await answersOf(targets, { text, by }, environment.signal)
    const out = textOption(values, 'out')
    if (out !== null) await keep(out, answers)
    return outcomeOf(answers, out)
  },
}

const Z3950_INDEXES = { isbn: '7', issn: '8', title: '4', author: '1003' } as const
const SRU_INDEXES = {
  isbn: 'bath.isbn',
  issn: 'bath.issn',
  title: 'dc.title',
  author: 'dc.creator',
} as const
const TIME_OUT_MS = 15_000

/** Null where none is named: those of the city are asked. */
function namedTarget(values: OptionValues): CopyTarget | null {
  const sru = textOption(values, 'sru')
  const z3950 = textOption(values, 'z3950')
  if (sru !== null && z3950 !== null) throw new UnusableInput('one of --sru and --z3950')
  const address = sru ?? z3950
  if (address === null) return null
  const profile = choice(values, 'profile', ['cnmarc', 'unimarc', 'marc21'], 'marc21')
  const syntax = profile === 'marc21' ? 'usmarc' : 'unimarc'
  const target = CopyTarget.safeParse({
    id: 'named',
    name: address.slice(0, 100),
    kind: sru === null ? 'z3950' : 'sru',
    address,
    version: '1.1',
    profile,
    schema: sru === null ? syntax : 'marcxml',
    encoding: choice(values, 'encoding', ['auto', 'utf-8', 'gb18030', 'marc-8'], 'auto'),
    indexes: sru === null ? Z3950_INDEXES : SRU_INDEXES,
    timeOutMs: TIME_OUT_MS,
    isAsked: true,
    isTrusted: false,
    revision: 1,
  })
  if (!target.success) throw new UnusableInput(`${address}: no address of a catalogue`)
  return target.data
}

interface Wish {
  readonly text: string
  readonly by: 'auto' | 'title' | 'author'
}

const SEARCH_ID = 'command-line'

/** Waits until each has answered or failed; Ctrl+C ends those that have not. */
async function answersOf(
  targets: readonly CopyTarget[],
  wish: Wish,
  signal: AbortSignal,
): Promise<readonly CopyAnswer[]> {
  const announcer = createAnnouncer()
  const desk = createCopyDesk({
    announcer,
    clock: systemClock,
    targets: () => targets,
    isUnplugged: () => false,
  })
  const told = Promise.withResolvers<readonly CopyAnswer[]>()
  const look = (): void => {
    const answers = desk.found(SEARCH_ID)?.answers ?? []
    if (answers.every(({ state }) => state !== 'asking')) told.resolve(answers)
  }
  announcer.listen(look)
  signal.addEventListener('abort', () => desk.stop(SEARCH_ID))
  try {
    desk.search({ searchId: SEARCH_ID, ...wish })
    look()
    return await told.promise
  } finally {
    desk.close()
  }
}

/** Throws what the file system throws. */
async function keep(out: string, answers: readonly CopyAnswer[]): Promise<void> {
  const file = await openDraftFile(out)
  for (const { content, profile } of answers.flatMap(({ records }) => records)) {
    const form = { format: 'iso2709', encoding: 'utf-8' } as const
    const written = encodeRecord(bibToMarcRecord(content), profile, form)
    // Every character is in UTF-8; what ISO 2709 has no room for came in a longer form.
    if (written instanceof Uint8Array) await file.put(written)
  }
  await file.finish()
}

function outcomeOf(answers: readonly CopyAnswer[], file: string | null): CommandOutcome {
  const hasFailed = answers.some(({ state }) => state === 'failed')
  const json = {
    asked: answers.length,
    found: answers.reduce((count, { records }) => count + records.length, 0),
    file,
    answers: answers.map(({ records, targetId: _id, isTrusted: _trusted, ...answer }) => ({
      ...answer,
      records: records.map(({ content: _content, ...brief }) => brief),
    })),
  }
  return { exit: hasFailed ? 1 : 0, json, text: answers.flatMap(linesOf).join('\n') }
}

const linesOf = (answer: CopyAnswer): string[] => {
  if (answer.state === 'failed') {
    return [`${answer.name}: ${[answer.trouble, answer.detail].filter(Boolean).join(': ')}`]
  }
  return [
    `${answer.name}: ${answer.total ?? answer.records.length} found in ${Math.round(answer.ms)} ms`,
    ...answer.records.map(
      ({ title, author, publisher, year, isbn }) =>
        `  ${[title, author, publisher, year, isbn].filter((part) => part !== null).join(' / ')}`,
    ),
  ]
}
