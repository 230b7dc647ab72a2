import { existsSync } from 'node:fs'

import { findBrowser } from './find-browser.ts'
import type { Browser } from './find-browser.ts'
import { succeeds } from './steps.ts'

/** Chromium, and a font that has every hanzi a title may hold. */
const debianPackages = ['chromium', 'fonts-noto-cjk']

/** Installs Chromium where that takes no question: as root on Debian. Otherwise says what to do; null. */
export async function installBrowser(): Promise<Browser | null> {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    console.error(
      'The acceptance tests need Chromium, Chrome or Edge, and none was found.\n' +
        'Install one, or name its program in CITYDESK_BROWSER, and run the command again.',
    )
    return null
  }
  console.log(`No browser was found: installing ${debianPackages.join(' and ')} from Debian.`)
  const installed =
    (await succeeds(['apt-get', 'update', '-qq'])) &&
    (await succeeds(['apt-get', 'install', '-y', '-qq', ...debianPackages]))
  if (!installed) {
    console.error('Debian could not install a browser; its own message stands above.')
    return null
  }
  return findBrowser()
}
