import type { Page } from 'playwright-core'

export interface ShownVerdict {
  readonly tone: 'done' | 'needs-you' | 'stop' | 'noted' | 'working'
  readonly text: string
}

/** The large verdict of the screen. */
export async function shownVerdict(page: Page): Promise<ShownVerdict> {
  const banner = page.getByTestId('verdict')
  return {
    tone: (await banner.getAttribute('data-tone')) as ShownVerdict['tone'],
    text: await banner.innerText(),
  }
}
