import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'

const program = join(import.meta.dirname, '../citydesk.mjs')

const run = (args: readonly string[]): Promise<{ exit: number | string | null; json: unknown }> =>
  new Promise((done) => {
    execFile(process.execPath, [program, ...args, '--json'], (error, stdout) => {
      const last = stdout.trimEnd().split('\n').at(-1) ?? ''
      done({ exit: error === null ? 0 : (error.code ?? null), json: JSON.parse(last) as unknown })
    })
  })

const EXAMPLE = '9100051CBE991A140201D0140204B34607441CB6E2E335D6830207ACC09EBAA06F6B0000'

describe('citydesk rfid', () => {
  it('decodes', async () => {
    const spaced = EXAMPLE.replaceAll(/../g, '$& ').trim()
    const { exit, json } = await run(['rfid', 'decode', spaced, '--dsfid', '06', '--afi', '0xC2'])
    expect(exit).toBe(0)
    expect(json).toMatchObject({
      model: 'iso-28560-2',
      elements: {
        primaryItemId: '123456789012',
        ownerIsil: 'US-InU-Mu',
        setInfo: '1203',
        shelfLocation: 'QA268.L55',
        typeOfUsage: null,
      },
      set: { parts: 12, part: 3 },
      security: 'on-loan',
      problems: [],
    })
  })

  test.each([
    ['identifier', '141CC04FC70BADB5C6E2DA1DED4DD319', { uniqueItemId: 'CH-000134-1.12345678.31' }],
    ['user', '060201D0140204B34607441CB6E2E335D65308AB4D6C9DD556CDEB00', { problems: [] }],
  ])('decodes the %s bank of a UHF tag', async (bank, hex, reading) => {
    const { exit, json } = await run(['rfid', 'decode', hex, '--bank', bank])
    expect(exit).toBe(0)
    expect(json).toMatchObject({ model: 'iso-28560-4', ...reading })
  })

  it('1 for garbage, with its reason and nothing else', async () => {
    const { exit, json } = await run(['rfid', 'decode', 'E15663223E6C39411062767A'])
    expect(exit).toBe(1)
    expect(json).toMatchObject({
      model: 'garbage',
      elements: { primaryItemId: null },
      problems: [{ code: 'truncated-element', offset: 0 }],
    })
  })

  test.each([
    ['no hex', ['decode']],
    ['letters', ['decode', 'xyz']],
    ['half a byte', ['decode', '123']],
    ['two bytes of AFI', ['decode', '00', '--afi', '0707']],
    ['a bank that no tag has', ['decode', '00', '--bank', 'epc']],
    ['no JSON', ['encode', '{']],
    ['a name that no element has', ['encode', '{"barcode":"1"}']],
    ['an array', ['encode', '[]']],
    ['two arguments', ['encode', '{}', '{}']],
  ])('2 for %s', async (_name, args) => {
    const { exit, json } = await run(['rfid', ...args])
    expect([exit, json]).toEqual([2, { error: expect.any(String) }])
  })

  it('encodes what it decodes', async () => {
    const elements = {
      primaryItemId: '123456789012',
      ownerIsil: 'US-InU-Mu',
      setInfo: '1203',
      shelfLocation: 'QA268.L55',
    }
    const plain = await run(['rfid', 'encode', JSON.stringify(elements)])
    expect(plain).toEqual({ exit: 0, json: { hex: EXAMPLE } })
    const whole = JSON.stringify({ elements, memoryBytes: 40 })
    expect((await run(['rfid', 'encode', whole])).json).toEqual({ hex: `${EXAMPLE}00000000` })
  })

  it('1 for elements that cannot be written', async () => {
    const { exit, json } = await run(['rfid', 'encode', '{"title":"活着"}'])
    expect([exit, json]).toEqual([
      1,
      { refused: { reason: 'no-primary-item-id', element: 'primaryItemId' } },
    ])
  })
})
