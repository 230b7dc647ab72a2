import type { MenuItemConstructorOptions } from 'electron'

/** None, but on macOS, where the clipboard's shortcuts live in the menu. Roles bring their words. */
export const appMenu = (platform: NodeJS.Platform): MenuItemConstructorOptions[] | null =>
  platform === 'darwin' ? [{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }] : null
