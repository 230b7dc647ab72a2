/**
 * A small SRU 1.1 server over given records, on loopback: `index = "…"` asks for an ISBN, `index all
 * "…"` for words of a title, `or` between two.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { recordToBrief } from '../../domain/marc/brief.ts'
import type { MarcProfileName, MarcRecord } from '../../domain/marc/marc-record.ts'
import { recordToMarcXml } from '../../domain/marc/marc-xml.ts'
import { normaliseIsbn } from '../../domain/words/isbn.ts'

export interface SruServer {
  readonly address: string
  /** What it was asked, in order. */
  readonly queries: () => readonly string[]
  readonly stop: () => Promise<void>
}

const CLAUSE = /[\w.]+ (=|all) "((?:[^"\\]|\\.)*)"/g

function isAnswer(record: MarcRecord, profile: MarcProfileName, query: string): boolean {
  const { title, isbns } = recordToBrief(record, profile)
  return [...query.matchAll(CLAUSE)].some(([, relation, quoted = '']) => {
    const text = quoted.replace(/\\(.)/g, '$1')
    if (relation === 'all') return text.split(' ').every((word) => title?.includes(word) === true)
    const isbn = normaliseIsbn(text)
    return isbn !== null && isbns.includes(isbn)
  })
}

export async function startSruServer(
  records: readonly MarcRecord[],
  profile: MarcProfileName = 'cnmarc',
): Promise<SruServer> {
  const queries: string[] = []
  const server = createServer((ask, answer) => {
    const asked = new URL(ask.url ?? '/', 'http://localhost').searchParams
    const query = asked.get('query') ?? ''
    queries.push(query)
    const found = records.filter((record) => isAnswer(record, profile, query))
    const given = found.slice(0, Number(asked.get('maximumRecords') ?? 10)).map((record) => {
      const written = recordToMarcXml(record)
      const inner = 'xml' in written ? written.xml : ''
      return `<zs:record><zs:recordData>${inner}</zs:recordData></zs:record>`
    })
    answer.setHeader('content-type', 'text/xml; charset=utf-8')
    answer.end(
      `<zs:searchRetrieveResponse xmlns:zs="http://www.loc.gov/zing/srw/">` +
        `<zs:numberOfRecords>${found.length}</zs:numberOfRecords>` +
        `<zs:records>${given.join('')}</zs:records></zs:searchRetrieveResponse>`,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}/books`,
    queries: () => queries,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
