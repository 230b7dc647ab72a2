/** What the lab asks of the process that owns the emulated devices. Bytes travel as hex. */
export interface PluggedDevice {
  readonly name: string
  readonly vendorId: number
  readonly productId: number
  readonly serialNumber: string
  readonly descriptor: string
  /** A pad: how many library tags lie on it. Null: no pad. */
  readonly tagCount: number | null
}

export type EmulatorAsk =
  | { readonly do: 'plug'; readonly device: string; readonly identity: PluggedDevice }
  | {
      readonly do: 'report'
      readonly device: string
      readonly reports: readonly { readonly afterMs: number; readonly hex: string }[]
    }
  /** Scans whose text is `number-nanoseconds`, the second of the moment the kernel took it. */
  | {
      readonly do: 'stamped'
      readonly device: string
      readonly count: number
      readonly gapMs: number
    }
  | { readonly do: 'unplug'; readonly device: string }
  /** The cable of a pad is pulled when that many blocks have been written. */
  | { readonly do: 'unplug-while-writing'; readonly device: string; readonly afterBlocks: number }

export interface NumberedAsk {
  readonly number: number
  readonly ask: EmulatorAsk
}

export interface EmulatorAnswer {
  readonly number: number
  /** Null where it was done. */
  readonly error: string | null
}
