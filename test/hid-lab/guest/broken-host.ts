/** A device host with a bug: its listener throws at the first report. */
import { systemClock } from '../../../devices/clock.ts'
import { NodeHidPort } from '../../../devices/node-hid-port.ts'

const port = new NodeHidPort({ clock: systemClock })
const [info] = (await port.list()).filter(({ usagePage }) => usagePage === 0x8c)
if (info === undefined) throw new Error('no scanner')
const connection = await port.open(info)
connection.onReport(() => {
  throw new Error('a bug in a listener')
})
process.send?.({ kind: 'started', captures: [] })
