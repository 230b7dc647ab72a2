/** All readers of identity cards of one desk. */
import type { Clock } from '../clock.ts'
import { DeviceKeeper } from '../device-keeper.ts'
import type { DeviceKey, HidPort } from '../hid-port.ts'
import type { IdCardEvent } from './id-card-events.ts'
import { sightIdCardReaders, type IdCardModel } from './id-card-models.ts'
import { IdCardUnit } from './id-card-unit.ts'
import { SamReader } from './sam-reader.ts'

interface IdCardStationOptions {
  readonly port: HidPort
  readonly clock: Clock
  readonly announce: (event: IdCardEvent) => void
  readonly platform?: string
}

export class IdCardStation {
  readonly #keeper: DeviceKeeper<IdCardModel>
  readonly #unitsByReader = new Map<DeviceKey, IdCardUnit>()

  constructor({ port, clock, announce, platform }: IdCardStationOptions) {
    this.#keeper = new DeviceKeeper<IdCardModel>({
      port,
      clock,
      ...(platform === undefined ? {} : { platform }),
      sight: sightIdCardReaders,
      attach: ({ reader, connection }) => {
        const sam = new SamReader(connection, clock)
        connection.onReport((report) => {
          sam.receive(report)
        })
        const unit = new IdCardUnit({
          reader,
          sam,
          clock,
          announce,
          setBusy: (isBusy) => {
            this.#keeper.setBusy(reader, isBusy)
          },
          giveUp: (reason) => {
            void this.#keeper.giveUp(reader, reason)
          },
        })
        this.#unitsByReader.set(reader, unit)
        return unit.start()
      },
      detach: (reader) => {
        this.#unitsByReader.get(reader)?.end()
        this.#unitsByReader.delete(reader)
      },
      moved: (status) => {
        announce({ kind: 'id-card-status', status })
      },
      // The scanners' station says it for all.
      available: () => undefined,
    })
  }

  /** Resolves after the first listing; readers open afterwards and say so. */
  start(): Promise<void> {
    return this.#keeper.start()
  }

  /** Closes everything; within the connections' own limit of 500 ms. */
  stop(): Promise<void> {
    return this.#keeper.stop()
  }
}
