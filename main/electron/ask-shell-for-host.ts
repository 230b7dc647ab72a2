/** The engine's end of its device hosts: `fork` asks the main process, which alone may do it. */
import type { DeviceHostChild, ForkDeviceHost, HostNews, HostRequest } from './engine-wire.ts'

interface Listeners {
  onMessage: Parameters<DeviceHostChild['onMessage']>[0]
  onExit: Parameters<DeviceHostChild['onExit']>[0]
}

export interface ShellHosts {
  readonly fork: ForkDeviceHost
  readonly receive: (news: HostNews) => void
}

export function askShellForHosts(post: (request: HostRequest) => void): ShellHosts {
  const listenersByHost = new Map<number, Listeners>()
  let lastHost = 0
  return {
    fork(options) {
      const host = (lastHost += 1)
      const listeners: Listeners = { onMessage: () => undefined, onExit: () => undefined }
      listenersByHost.set(host, listeners)
      post({ host, ask: 'fork', options })
      return {
        // The main process knows it; the engine has no use for it.
        pid: null,
        post: (message) => post({ host, ask: 'post', message }),
        onMessage: (listener) => {
          listeners.onMessage = listener
        },
        onExit: (listener) => {
          listeners.onExit = listener
        },
        kill: () => post({ host, ask: 'kill' }),
      }
    },
    receive(news) {
      const listeners = listenersByHost.get(news.host)
      if (listeners === undefined) return
      if (news.tells === 'message') return listeners.onMessage(news.message)
      listenersByHost.delete(news.host)
      listeners.onExit(news.reason)
    },
  }
}
