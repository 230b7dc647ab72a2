import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readDeskSettings } from './desk-settings.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'citydesk-settings-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('a packaged desk', () => {
  test('without desk.json has its folder and no server', () => {
    expect(readDeskSettings(true, folder, {})).toEqual({
      home: join(folder, 'desk'),
      shellFolder: folder,
      enrolment: null,
      serverUrl: null,
      scanner: 'hid',
      sampleAccounts: [],
    })
  })

  test('reads desk.json and nothing of the environment', () => {
    const serverUrl = 'https://desk.example.cn/'
    const file = { serverUrl, enrolCode: 'ABCD-1234', deskName: '总馆一号台' }
    writeFileSync(join(folder, 'desk.json'), JSON.stringify(file))
    const environment = { CITYDESK_DESK_HOME: '/elsewhere', CITYDESK_SERVER: 'http://evil/' }
    const settings = readDeskSettings(true, folder, environment)
    expect(settings.home).toBe(join(folder, 'desk'))
    expect(settings.serverUrl).toBe(serverUrl)
    expect(settings.enrolment).toEqual({ serverUrl, code: 'ABCD-1234', deskName: '总馆一号台' })
  })

  test.each([
    ['{"serverUrl":"ftp://x"}', /serverUrl/],
    ['{"server":"https://x"}', /server/],
    ['{"scanner":"camera"}', /scanner/],
    ['not JSON', /JSON/],
  ])('says what is wrong with %s', (text, says) => {
    writeFileSync(join(folder, 'desk.json'), text)
    expect(() => readDeskSettings(true, folder, {})).toThrow(says)
  })
})

describe('a checkout', () => {
  test('is told by the environment', () => {
    const account = { username: 'demo', name: '样例', role: 'circulation', password: 'demo' }
    const settings = readDeskSettings(false, folder, {
      CITYDESK_DESK_HOME: '/city/desk-A',
      CITYDESK_SERVER: 'http://127.0.0.1:4000',
      CITYDESK_ENROL_CODE: 'ABCD-1234',
      CITYDESK_DESK_NAME: 'Desk A',
      CITYDESK_SCANNER: 'demo',
      CITYDESK_SAMPLE_ACCOUNTS: JSON.stringify([account]),
    })
    expect(settings).toMatchObject({
      home: '/city/desk-A',
      shellFolder: '/city/desk-A/electron',
      enrolment: { serverUrl: 'http://127.0.0.1:4000', code: 'ABCD-1234', deskName: 'Desk A' },
      scanner: 'demo',
      sampleAccounts: [account],
    })
  })

  test('takes an empty code for none: the desk is known already', () => {
    const environment = { CITYDESK_SERVER: 'http://127.0.0.1:4000', CITYDESK_ENROL_CODE: '' }
    expect(readDeskSettings(false, folder, environment).enrolment).toBeNull()
  })
})
