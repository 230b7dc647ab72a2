/**
 * The only way from the page to the rest: `window.citydesk`, three functions. It hands no event and
 * no channel to the page, and a feature never changes it.
 */
import { contextBridge, ipcRenderer } from 'electron'
import { CALL_CHANNEL, REPLY_CHANNEL } from '../contract/shell-line.ts'
import type { ToPage } from '../contract/shell-line.ts'
import { createDesk } from './desk-line.ts'

contextBridge.exposeInMainWorld(
  'citydesk',
  createDesk({
    send: (message) => ipcRenderer.send(CALL_CHANNEL, message),
    listen: (receive) => {
      ipcRenderer.on(REPLY_CHANNEL, (_event, message: ToPage) => receive(message))
    },
  }),
)
