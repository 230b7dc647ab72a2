import { expect, test, vi } from 'vitest'
import { askShellForHosts } from './ask-shell-for-host.ts'
import type { HostRequest } from './engine-wire.ts'

test('two device hosts of one engine are told apart, and one that ended says no more', () => {
  const requests: HostRequest[] = []
  const hosts = askShellForHosts((request) => requests.push(request))
  const options = { port: 'replay', capturesDir: null } as const
  const [onMessage, onExit, onOther] = [
    vi.fn<(said: unknown) => void>(),
    vi.fn<(said: unknown) => void>(),
    vi.fn<(said: unknown) => void>(),
  ]
  const first = hosts.fork(options)
  first.onMessage(onMessage)
  first.onExit(onExit)
  hosts.fork(options).onMessage(onOther)
  first.post({ kind: 'stop' })
  first.kill()
  expect(requests).toEqual([
    { host: 1, ask: 'fork', options },
    { host: 2, ask: 'fork', options },
    { host: 1, ask: 'post', message: { kind: 'stop' } },
    { host: 1, ask: 'kill' },
  ])
  const message = { kind: 'started', captures: [] } as const
  hosts.receive({ host: 1, tells: 'message', message })
  hosts.receive({ host: 1, tells: 'exit', reason: 'exit code 1' })
  hosts.receive({ host: 1, tells: 'message', message })
  hosts.receive({ host: 9, tells: 'exit', reason: 'never started' })
  expect(onMessage).toHaveBeenCalledExactlyOnceWith(message)
  expect(onExit).toHaveBeenCalledExactlyOnceWith('exit code 1')
  expect(onOther).not.toHaveBeenCalled()
})
