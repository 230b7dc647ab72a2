/** Real servers on this machine's loopback: a sound one, hostile ones, and `yaz-ztest` where it is installed. */
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import { connect, createServer as createTcpServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { existsSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import type { CopyAnswer } from '../../../contract/copy-shapes.ts'
import { CopyTarget } from '../../../domain/copying-records.ts'
import { recordToMarcXml } from '../../../domain/marc/marc-xml.ts'
import type { MarcRecord } from '../../../domain/marc/marc-record.ts'
import { bibToMarcRecord } from '../../../domain/marc/bib-fields.ts'
import { aGoodRecord } from '../../../test/builders/good-record.ts'
import { startSruServer } from '../../../test/builders/sru-server.ts'
import { createAnnouncer } from '../announce.ts'
import { readRecords } from '../import/read-records.ts'
import { systemClock } from '../clock.ts'
import { askZ3950 } from './ask-z3950.ts'
import { createCopyDesk } from './copy-desk.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

const target = (address: string, parts: Partial<CopyTarget> = {}): CopyTarget =>
  CopyTarget.parse({
    id: `target ${address}`.slice(0, 80),
    name: '来源',
    kind: 'sru',
    address,
    version: '1.1',
    profile: 'cnmarc',
    schema: 'marcxml',
    encoding: 'auto',
    indexes: { isbn: 'bath.isbn', issn: null, title: 'dc.title', author: null },
    timeOutMs: 5_000,
    isAsked: true,
    isTrusted: false,
    revision: 1,
    ...parts,
  })

async function listening(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/db`
}

function deskOn(targets: readonly CopyTarget[], isUnplugged = false) {
  const announcer = createAnnouncer()
  const desk = createCopyDesk({
    announcer,
    clock: systemClock,
    targets: () => targets,
    isUnplugged: () => isUnplugged,
  })
  closing.push(() => desk.close())
  /** Whenever something came. */
  const until = (isSo: (answers: readonly CopyAnswer[]) => boolean, searchId: string) =>
    new Promise<readonly CopyAnswer[]>((resolve) => {
      const look = (): void => {
        const answers = desk.found(searchId)?.answers ?? []
        if (!isSo(answers)) return
        stop()
        resolve(answers)
      }
      const stop = announcer.listen(look)
      look()
    })
  return { desk, until }
}

const isDone = (answers: readonly CopyAnswer[]): boolean =>
  answers.every(({ state }) => state !== 'asking')
const SEARCH = 'search-0001'
const ISBN = '9787500162087'

/** What one source answers to one search. */
async function asked(of: CopyTarget, text = ISBN): Promise<CopyAnswer> {
  const { desk, until } = deskOn([of])
  desk.search({ searchId: SEARCH, text, by: 'auto' })
  const [answer] = await until(isDone, SEARCH)
  if (answer === undefined) throw new Error('one was asked')
  return answer
}

const said = ({ state, trouble, detail }: CopyAnswer): string =>
  [state, trouble, detail].filter(Boolean).join(' ')

describe('a sound source', () => {
  test('gives the record that has this ISBN, in either form', async () => {
    const server = await startSruServer([bibToMarcRecord(aGoodRecord())])
    closing.push(server.stop)
    const answer = await asked(target(server.address))
    expect(answer).toMatchObject({ state: 'answered', total: 1, unreadCount: 0 })
    expect(answer.records).toMatchObject([
      { profile: 'cnmarc', title: '小王子', isbn: ISBN, content: aGoodRecord() },
    ])
    expect(server.queries()).toEqual(['bath.isbn = "9787500162087" or bath.isbn = "7500162081"'])
  })

  test('has nothing, and says so', async () => {
    const server = await startSruServer([])
    closing.push(server.stop)
    expect(await asked(target(server.address), '红楼梦')).toMatchObject({
      state: 'answered',
      total: 0,
      records: [],
    })
  })

  const real = new URL('../../../../shared/data/cnmarc/bnu10.cnmarc.utf8.mrc', import.meta.url)
  test.skipIf(!existsSync(real))(
    'gives real records as they are (without ../shared/data there are none to give)',
    async () => {
      const records: MarcRecord[] = []
      const once = (async function* () {
        yield await Promise.resolve(readFileSync(real))
      })()
      const choices = { format: 'auto', profile: 'cnmarc', encoding: 'utf-8' } as const
      for await (const { readings } of readRecords(once, choices)) {
        records.push(...readings.flatMap((one) => ('refused' in one ? [] : [one.record])))
      }
      expect(records.length).toBe(10)
      const server = await startSruServer(records)
      closing.push(server.stop)
      const answer = await asked(target(server.address), '中国')
      expect(answer.state).toBe('answered')
      expect(answer.records.length).toBeGreaterThan(0)
      for (const { title } of answer.records) expect(title).toContain('中国')
    },
  )
})

describe('answers come as they come', () => {
  test('a slow source keeps no other one waiting, and is stopped with the rest', async () => {
    const server = await startSruServer([bibToMarcRecord(aGoodRecord())])
    closing.push(server.stop)
    const silent = await listening(() => undefined)
    const { desk, until } = deskOn([target(silent), target(server.address)])
    expect(desk.search({ searchId: SEARCH, text: ISBN, by: 'auto' })).toEqual({ askedCount: 2 })
    const first = await until((answers) => answers.some(({ state }) => state !== 'asking'), SEARCH)
    expect(first.map(({ state }) => state)).toEqual(['asking', 'answered'])
    desk.stop(SEARCH)
    expect((await until(isDone, SEARCH)).map(said)).toEqual(['failed stopped', 'answered'])
  })

  test('of a new search under the same name nothing old is told', async () => {
    const silent = await listening(() => undefined)
    const { desk, until } = deskOn([target(silent)])
    desk.search({ searchId: SEARCH, text: ISBN, by: 'auto' })
    desk.search({ searchId: SEARCH, text: '红楼梦', by: 'title' })
    desk.stop(SEARCH)
    await until(isDone, SEARCH)
    expect(desk.found(SEARCH)?.text).toBe('红楼梦')
  })

  test('the oldest of many searches is let go', () => {
    const { desk } = deskOn([])
    const ids = Array.from({ length: 6 }, (_, index) => `search-000${index}`)
    for (const searchId of ids) desk.search({ searchId, text: 'x', by: 'auto' })
    expect(ids.map((id) => desk.found(id) !== null)).toEqual([false, false, true, true, true, true])
  })

  test('without a network, and where nothing is looked for, nobody is asked', async () => {
    const { desk, until } = deskOn([target('http://127.0.0.1:9/db')], true)
    desk.search({ searchId: SEARCH, text: ISBN, by: 'auto' })
    expect((await until(isDone, SEARCH)).map(said)).toEqual(['failed offline'])
    expect(desk.search({ searchId: SEARCH, text: '  ', by: 'auto' })).toEqual({ askedCount: 0 })
  })

  test('a source that is kept but not asked is not asked', () => {
    const { desk } = deskOn([target('http://127.0.0.1:9/db', { isAsked: false })])
    expect(desk.search({ searchId: SEARCH, text: ISBN, by: 'auto' })).toEqual({ askedCount: 0 })
  })
})

const written = recordToMarcXml(bibToMarcRecord(aGoodRecord()))
const xml = 'xml' in written ? written.xml : ''

describe('hostile sources', () => {
  test.each<[string, RequestListener, string | RegExp]>([
    ['says no', (_ask, answer) => void answer.writeHead(503).end(), 'failed refused-us 503'],
    [
      'sends the desk to another host',
      (_ask, answer) => void answer.writeHead(302, { location: 'http://localhost:1/x' }).end(),
      'failed redirected localhost:1',
    ],
    [
      'sends the desk to a file',
      (_ask, answer) => void answer.writeHead(302, { location: 'file:///etc/passwd' }).end(),
      'failed redirected',
    ],
    [
      'sends the desk round in a ring',
      (ask, answer) => void answer.writeHead(301, { location: `${ask.url}x` }).end(),
      /^failed redirected 127\.0\.0\.1:\d+$/,
    ],
    [
      'never ends',
      (_ask, answer) => {
        const more = setInterval(() => answer.write(' '.repeat(1 << 20)), 1)
        answer.on('close', () => clearInterval(more))
      },
      'failed too-large',
    ],
    [
      'swells when unpacked',
      (_ask, answer) =>
        void answer
          .writeHead(200, { 'content-encoding': 'gzip' })
          .end(gzipSync(Buffer.alloc(64 << 20, 0x20))),
      'failed too-large',
    ],
    ['is a portal', (_ask, answer) => void answer.end('<html>登录</html>'), 'failed not-an-answer'],
    [
      'breaks off',
      (_ask, answer) => {
        answer.writeHead(200, { 'content-length': '100000' })
        answer.write('<searchRetrieveResponse>')
        setTimeout(() => answer.destroy(), 20)
      },
      'failed unreachable UND_ERR_SOCKET',
    ],
    [
      'names a wrong encoding',
      (_ask, answer) => void answer.end(Buffer.from([0xd0, 0xa1, 0xcd])),
      'failed wrong-encoding utf-8',
    ],
  ])('%s', async (_says, listener, expected) => {
    const pattern = typeof expected === 'string' ? new RegExp(`^${expected}$`) : expected
    expect(said(await asked(target(await listening(listener))))).toMatch(pattern)
  })

  test('says nothing until its time is over', async () => {
    const silent = await listening(() => undefined)
    expect(said(await asked(target(silent, { timeOutMs: 1_000 })))).toBe('failed timed-out')
  })

  test('is not there', async () => {
    expect(said(await asked(target('http://127.0.0.1:9/db')))).toMatch(/^failed unreachable/)
  })

  test('cannot be asked so', async () => {
    const answer = await asked(target('http://127.0.0.1:9/db'), 'ISSN 0317-8471')
    expect(said(answer)).toBe('failed no-such-access')
  })

  test('within its own host it may lead on', async () => {
    const address = await listening((ask, answer) => {
      if (ask.url?.startsWith('/db?') === true) {
        answer.writeHead(301, { location: ask.url.replace('/db?', '/db/?') }).end()
        return
      }
      answer.end(
        `<searchRetrieveResponse><numberOfRecords>1</numberOfRecords><records><record>` +
          `<recordData>${xml}</recordData></record></records></searchRetrieveResponse>`,
      )
    })
    expect(await asked(target(address))).toMatchObject({ state: 'answered', total: 1 })
  })
})

const z3950 = {
  kind: 'z3950',
  profile: 'marc21',
  schema: 'usmarc',
  indexes: { isbn: '7', issn: '8', title: '4', author: '1003' },
} as const

const onPath = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(`${folder}/${program}`))

/** Index Data's test server: both protocols on one port. */
async function startZtest(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  const child = spawn('yaz-ztest', ['-t', '1', `tcp:127.0.0.1:${port}`], { stdio: 'ignore' })
  closing.push(() => child.kill('SIGKILL'))
  await new Promise<void>((resolve) => {
    const knock = (): void => {
      const line = connect(port, '127.0.0.1', () => {
        line.destroy()
        resolve()
      })
      line.on('error', () => setTimeout(knock, 50))
    }
    knock()
  })
  return `127.0.0.1:${port}/Default`
}

describe.skipIf(!onPath('yaz-ztest') || !onPath('yaz-client'))(
  'the test server of yaz (skipped where Debian’s package yaz is not installed)',
  () => {
    test('answers Z39.50', async () => {
      const answer = await asked(target(await startZtest(), z3950), 'computer')
      expect(answer).toMatchObject({ state: 'answered', unreadCount: 0 })
      expect(answer.records[0]).toMatchObject({
        profile: 'marc21',
        title: 'How to program a computer',
      })
      expect(answer.records.length).toBeLessThanOrEqual(10)
    })

    test('answers SRU', async () => {
      const address = await startZtest()
      const of = target(`http://${address}`, { profile: 'marc21' })
      // How many it finds is drawn by lot; of thirty searches some find something.
      const answers: CopyAnswer[] = []
      for (let turn = 0; turn < 30; turn += 1) answers.push(await asked(of, `computer ${turn}`))
      expect(new Set(answers.map(({ state }) => state))).toEqual(new Set(['answered']))
      expect(answers.flatMap(({ records }) => records)).toContainEqual(
        expect.objectContaining({ profile: 'marc21', title: 'How to program a computer' }),
      )
    })

    test('says in its own words what is wrong', async () => {
      const address = (await startZtest()).replace('Default', 'Nowhere')
      expect(said(await asked(target(address, z3950), 'x'))).toBe(
        'failed told-trouble Database unavailable · Nowhere',
      )
    })

    test('a query cannot become a command', async () => {
      const answer = await asked(target(await startZtest(), z3950), 'x"\nquit\nopen 127.0.0.1:9/y')
      expect(answer.state).toBe('answered')
    })

    test('is not there, or says nothing', async () => {
      expect(said(await asked(target('127.0.0.1:9/Default', z3950), 'x'))).toBe(
        'failed unreachable',
      )
      const silent = createTcpServer()
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
      closing.push(() => silent.close())
      const { port } = silent.address() as AddressInfo
      const quiet = target(`127.0.0.1:${port}/Default`, { ...z3950, timeOutMs: 1_000 })
      expect(said(await asked(quiet, 'x'))).toBe('failed timed-out')
    })
  },
)

test('without yaz the source says what to install', async () => {
  const asking = askZ3950(
    target('127.0.0.1:9/Default', z3950),
    { by: 'title', text: 'x' },
    AbortSignal.timeout(5_000),
    { command: '/nowhere/yaz-client' },
  )
  await expect(asking).rejects.toMatchObject({ trouble: 'yaz-missing' })
})
