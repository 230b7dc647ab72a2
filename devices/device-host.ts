/**
 * Entry of the device host process: `node devices/device-host.ts '<DeviceHostOptions as JSON>'`,
 * forked by device-host-client.ts, or started as an Electron utility process.
 */
import { systemClock } from './clock.ts'
import type {
  DeskToHost,
  DeviceHostOptions,
  HostToDesk,
  MessageEnd,
} from './device-host-messages.ts'
import { runDeviceHost } from './run-device-host.ts'

/** Electron's name for the wire to the parent; absent under plain Node. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: DeskToHost }) => void): void
}

const isParentPort = (value: unknown): value is ParentPort =>
  typeof value === 'object' && value !== null && 'postMessage' in value

const parentEnd = (): MessageEnd<HostToDesk, DeskToHost> => {
  const parentPort: unknown = Reflect.get(process, 'parentPort')
  if (isParentPort(parentPort)) {
    return {
      post: (message) => {
        parentPort.postMessage(message)
      },
      onMessage: (listener) => {
        parentPort.on('message', (event) => {
          listener(event.data)
        })
      },
    }
  }
  return {
    post: (message) => {
      // An engine that was killed is noticed by the write before `connected` says so; without the
      // callback that would be an error of this process, which is about to end anyway.
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined)
    },
    onMessage: (listener) => {
      process.on('message', (message: DeskToHost) => {
        listener(message)
      })
    },
  }
}

const readOptions = (text: string | undefined): DeviceHostOptions => {
  const options: unknown = JSON.parse(text ?? '{}')
  const isObject = typeof options === 'object' && options !== null
  const port = isObject && 'port' in options ? options.port : 'node-hid'
  if (port !== 'node-hid' && port !== 'replay') throw new Error('port: node-hid or replay')
  const capturesDir = isObject && 'capturesDir' in options ? options.capturesDir : null
  return { port, capturesDir: typeof capturesDir === 'string' ? capturesDir : null }
}

const end = parentEnd()
let isEnding = false

const host = await runDeviceHost(
  {
    post: (message) => {
      end.post(message)
      if (message.kind === 'stopped' && !isEnding) {
        isEnding = true
        // Let the message leave before the process does.
        setImmediate(() => {
          process.exit(0)
        })
      }
    },
    onMessage: (listener) => {
      end.onMessage(listener)
    },
  },
  readOptions(process.argv[2]),
  systemClock,
)

// The desk is gone: nobody reads the scans any more, and the devices must be free for its successor.
process.on('disconnect', () => {
  void host.stop()
})
if (process.send !== undefined && !process.connected) void host.stop()
