/** CityDesk in the contest: a new desk takes the city from a snapshot. */
import { openOurs } from './our-peer.ts'
import type { PeerSetting } from './sync-peer.ts'

export const openPeer = (setting: PeerSetting) => openOurs(setting, false)
