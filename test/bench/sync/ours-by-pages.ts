/** CityDesk in the contest where the city has no snapshot yet: a new desk takes page after page. */
import { openOurs } from './our-peer.ts'
import type { PeerSetting } from './sync-peer.ts'

export const openPeer = (setting: PeerSetting) => openOurs(setting, true)
