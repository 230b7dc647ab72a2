import { expect, test } from 'vitest'
import type { Desk } from '../../contract/desk-api.ts'
import { patientLine } from './desk.ts'
import { failureOf } from './desk-failure.ts'

test('a bridge that says engine-stopped is asked again under the same request id', async () => {
  const asked: string[] = []
  const bridge: Desk = {
    perform: (request) => {
      asked.push(request.requestId)
      return asked.length < 3
        ? Promise.reject(new Error('engine-stopped: '))
        : Promise.resolve({
            requestId: request.requestId,
            operationId: null,
            outcome: 'refused',
            findings: [],
            summary: null,
            factsAgeMs: null,
            at: 0,
          })
    },
    ask: () => Promise.reject(new Error('disk-full: outbox')),
    watch: () => () => undefined,
  }
  const line = patientLine(bridge)
  const states: string[] = []
  line.onState((state) => states.push(state))
  const request = {
    requestId: 'request-0001',
    kind: 'loan.check-in',
    payload: {},
    overrides: [],
    isDryRun: false,
  }
  expect(await line.desk.perform(request)).toMatchObject({ outcome: 'refused' })
  expect(asked).toEqual(['request-0001', 'request-0001', 'request-0001'])
  expect(states).toEqual(['connected', 'reconnecting', 'connected'])
  const failed = await line.desk.ask('session', {}).catch((thrown: unknown) => failureOf(thrown))
  expect(failed).toEqual({ failure: 'disk-full', detail: 'outbox' })
})
