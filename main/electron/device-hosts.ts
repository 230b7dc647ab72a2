/** The main process's end of the device hosts: starts them, carries their messages, ends them. */
import type { UtilityProcess } from 'electron'
import type { HostNews, HostRequest, HostToDesk } from './engine-wire.ts'

export type Fork = (
  file: string,
  args: string[],
  options: { readonly serviceName: string },
) => Pick<UtilityProcess, 'on' | 'postMessage' | 'kill' | 'pid'>

export interface DeviceHosts {
  readonly receive: (request: HostRequest) => void
  /** The engine they belong to is gone. */
  readonly killAll: () => void
}

export function createDeviceHosts(
  fork: Fork,
  file: string,
  post: (news: HostNews) => void,
): DeviceHosts {
  const hosts = new Map<number, ReturnType<Fork>>()

  function start({ host, options }: Extract<HostRequest, { ask: 'fork' }>): void {
    const child = fork(file, [JSON.stringify(options)], { serviceName: 'CityDesk devices' })
    hosts.set(host, child)
    child.on('message', (message: HostToDesk) => post({ host, tells: 'message', message }))
    child.on('exit', (code) => {
      hosts.delete(host)
      post({ host, tells: 'exit', reason: `exit code ${code}` })
    })
  }

  return {
    receive(request) {
      if (request.ask === 'fork') start(request)
      else if (request.ask === 'post') hosts.get(request.host)?.postMessage(request.message)
      else hosts.get(request.host)?.kill()
    },
    killAll() {
      for (const child of hosts.values()) child.kill()
      hosts.clear()
    },
  }
}
