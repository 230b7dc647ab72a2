import type { DeskPage } from './pages/desk-page.ts'

/** From now on each print is kept as the paper shows it, and nobody has to close a dialog. */
export const watchPrinter = ({ page }: DeskPage): Promise<void> =>
  page.evaluate(() => {
    const printed: string[] = []
    Object.assign(window, { printed })
    window.print = () => {
      printed.push(document.querySelector('.cd-paper')?.textContent ?? '')
      window.dispatchEvent(new Event('afterprint'))
    }
  })

export const printedBy = ({ page }: DeskPage): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { printed: string[] }).printed)
