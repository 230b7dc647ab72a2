/** All pads of one desk: what lies on them, and what is asked of it. */
import type { Clock } from '../clock.ts'
import { DeviceKeeper } from '../device-keeper.ts'
import type { DeviceKey, HidPort } from '../hid-port.ts'
import type { DeviceStatus } from '../station-events.ts'
import type { PadEvent, TagJob } from './pad-events.ts'
import { sightPads, type PadModel } from './pad-models.ts'
import { PadUnit } from './pad-unit.ts'

export interface PadStationOptions {
  readonly port: HidPort
  readonly clock: Clock
  readonly announce: (event: PadEvent) => void
  readonly platform?: string
}

export class PadStation {
  readonly #keeper: DeviceKeeper<PadModel>
  readonly #unitsByPad = new Map<DeviceKey, PadUnit>()
  readonly #announce: (event: PadEvent) => void

  constructor({ port, clock, announce, platform }: PadStationOptions) {
    this.#announce = announce
    this.#keeper = new DeviceKeeper<PadModel>({
      port,
      clock,
      ...(platform === undefined ? {} : { platform }),
      sight: sightPads,
      attach: ({ reader: pad, model, connection }) => {
        const driver = model.drive(connection, clock)
        connection.onReport((report) => {
          driver.receive(report)
        })
        const unit = new PadUnit({
          pad,
          driver,
          clock,
          announce,
          setBusy: (isBusy) => {
            this.#keeper.setBusy(pad, isBusy)
          },
          giveUp: (reason) => {
            void this.#keeper.giveUp(pad, reason)
          },
        })
        this.#unitsByPad.set(pad, unit)
        return unit.start()
      },
      detach: (pad) => {
        this.#unitsByPad.get(pad)?.end()
        this.#unitsByPad.delete(pad)
      },
      moved: (status) => {
        announce({ kind: 'pad-status', status })
      },
      // The scanners' station says it for both.
      available: () => undefined,
    })
  }

  /** Resolves after the first listing; pads open afterwards and say so. */
  start(): Promise<void> {
    return this.#keeper.start()
  }

  /** Closes everything; within the connections' own limit of 500 ms. */
  stop(): Promise<void> {
    return this.#keeper.stop()
  }

  statuses(): readonly DeviceStatus[] {
    return this.#keeper.statuses()
  }

  /** Done by whichever pad the tag lies on; its outcome is announced, `away` if on none. */
  take(job: TagJob): void {
    if ([...this.#unitsByPad.values()].some((unit) => unit.take(job))) return
    const { uid } = job
    if (job.kind === 'write') {
      this.#announce({ kind: 'tag-written', uid, outcome: 'away', reason: 'on no pad' })
    } else {
      const { afi: wantedAfi } = job
      this.#announce({
        kind: 'tag-secured',
        uid,
        wantedAfi,
        outcome: 'away',
        previousAfi: null,
      })
    }
  }
}
