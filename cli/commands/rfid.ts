/** `citydesk rfid decode HEX` and `citydesk rfid encode JSON`: the memory of library tags. */
import { z } from 'zod'
import { decodeTag, decodeUhfBank } from '../../domain/rfid/decode-tag.ts'
import type { TagReading } from '../../domain/rfid/decode-tag.ts'
import { encodeLibraryElements, usualLayout } from '../../domain/rfid/encode-iso-28560-2.ts'
import { ElementNames, elementNames, GivenElements } from '../../domain/rfid/tag-elements.ts'
import { choice, UnusableInput, textOption } from '../command.ts'
import type { Command, CommandOutcome, OptionValues } from '../command.ts'

/** The largest library tag has 2,048 bytes; a longer text is some other thing. */
const MEMORY_BYTES_MAX = 4096

const hexBytes = (text: string, what: string): Uint8Array => {
  const digits = text.replaceAll(/[\s:-]/g, '')
  if (digits === '' || digits.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(digits)) {
    throw new UnusableInput(`${what} is not hexadecimal, two digits a byte`)
  }
  if (digits.length > 2 * MEMORY_BYTES_MAX) {
    throw new UnusableInput(`${what} is longer than ${MEMORY_BYTES_MAX} bytes`)
  }
  return Uint8Array.from(Buffer.from(digits, 'hex'))
}

const byteOption = (values: OptionValues, option: string): number | null => {
  const text = textOption(values, option)
  if (text === null) return null
  const bytes = hexBytes(text.replace(/^0x/i, ''), `--${option}`)
  if (bytes.length !== 1) throw new UnusableInput(`--${option} is one byte, such as 07`)
  return bytes[0] ?? null
}

const readingText = (reading: TagReading): string => {
  const { model, elements, problems, security, usage, set, uniqueItemId } = reading
  const named = elementNames.flatMap((name) => {
    const text = elements[name]
    return text === null ? [] : [`  ${name}: ${text}`]
  })
  return [
    model,
    ...(uniqueItemId === null ? [] : [`  uniqueItemId: ${uniqueItemId}`]),
    ...named,
    ...(set === null ? [] : [`  part ${set.part} of ${set.parts}`]),
    ...(usage === null ? [] : [`  for: ${usage.detail ?? usage.class}`]),
    ...(security === null ? [] : [`  security: ${security}`]),
    ...problems.map(
      ({ code, offset, oid }) =>
        `  problem: ${code}${offset === null ? '' : ` at byte ${offset}`}${oid === null ? '' : ` (OID ${oid})`}`,
    ),
  ].join('\n')
}

export const rfidDecode: Command = {
  name: 'rfid decode',
  summary: 'Says what stands on a library tag (ISO 28560-2, ISO 28560-3, 3M).',
  help: `HEX [--dsfid HH] [--afi HH] [--bank identifier|user]
  HEX          user memory from block 0; blanks, ':' and '-' are skipped
  --dsfid HH   the tag's data format byte (06: library)
  --afi HH     the tag's application byte (07 in stock, C2 on loan)
  --bank B     of a UHF tag: identifier (bank 01 behind the control word) or user (bank 11)

JSON: { model, elements: { primaryItemId, ownerIsil, setInfo, typeOfUsage, … }, set, usage,
security, blockOrder, uniqueItemId, problems: [{ code, offset, oid }] }; an element that the tag has not is null.
Exit status 1 where the bytes are no library tag (model: garbage).`,
  options: { dsfid: { type: 'string' }, afi: { type: 'string' }, bank: { type: 'string' } },
  run: (words, values): Promise<CommandOutcome> => {
    if (words.length === 0) throw new UnusableInput('rfid decode needs HEX')
    const tag = {
      memory: hexBytes(words.join(''), 'HEX'),
      dsfid: byteOption(values, 'dsfid'),
      afi: byteOption(values, 'afi'),
    }
    const bank = choice(values, 'bank', ['hf', 'identifier', 'user'], 'hf')
    const reading = bank === 'hf' ? decodeTag(tag) : decodeUhfBank(bank, tag)
    const exit = reading.model === 'garbage' ? 1 : 0
    return Promise.resolve({ exit, json: reading, text: readingText(reading) })
  },
}

const GivenTag = z.strictObject({
  elements: GivenElements,
  lockable: z.array(ElementNames).default([...usualLayout.lockable]),
  blockBytes: z.number().int().min(1).max(64).default(usualLayout.blockBytes),
  memoryBytes: z.number().int().min(1).max(MEMORY_BYTES_MAX).nullable().default(null),
})

const parsedTag = (text: string): z.infer<typeof GivenTag> => {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new UnusableInput('the argument is not JSON')
  }
  const isWhole = typeof json === 'object' && json !== null && 'elements' in json
  const found = GivenTag.safeParse(isWhole ? json : { elements: json })
  if (found.success) return found.data
  const places = found.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new UnusableInput(`rfid encode: ${places.join('; ')}`)
}

export const rfidEncode: Command = {
  name: 'rfid encode',
  summary: 'Makes the memory of a library tag (ISO 28560-2).',
  help: `JSON
  JSON   the elements, e.g. '{"primaryItemId":"04400510000001","ownerIsil":"CN-440304-1-FT"}',
         or { elements, lockable: [ … ], blockBytes: 4, memoryBytes: 112 }
  Elements: ${elementNames.join(' · ')}

JSON: { hex }; { refused: { reason, element } } with exit status 1 where it cannot be written.`,
  options: {},
  run: ([text, ...rest]): Promise<CommandOutcome> => {
    if (text === undefined || rest.length > 0) throw new UnusableInput('rfid encode needs one JSON')
    const { elements, ...layout } = parsedTag(text)
    const encoded = encodeLibraryElements(elements, layout)
    if (!encoded.ok) {
      const { reason, element } = encoded
      const says = element === null ? reason : `${element}: ${reason}`
      return Promise.resolve({ exit: 1, json: { refused: { reason, element } }, text: says })
    }
    const hex = Buffer.from(encoded.bytes).toString('hex').toUpperCase()
    return Promise.resolve({ exit: 0, json: { hex }, text: hex })
  },
}
