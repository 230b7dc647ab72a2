/**
 * What antd's style modules ask for, without `<style>` elements: constructed style sheets are not
 * subject to `style-src`. The build puts this module in place of theirs (renderer/vite.config.ts),
 * so the exported names and arguments are theirs.
 */
const sheetsByKey = new Map<string, CSSStyleSheet>()

/** antd marks the element it gets back; a detached one takes the marks and is never shown. */
const marked = (): HTMLElement => document.createElement('meta')

export function updateCSS(css: string, key: string): HTMLElement {
  const known = sheetsByKey.get(key)
  const sheet = known ?? new CSSStyleSheet()
  sheet.replaceSync(css)
  if (known === undefined) {
    sheetsByKey.set(key, sheet)
    document.adoptedStyleSheets.push(sheet)
  }
  return marked()
}

export function removeCSS(key: string): void {
  const sheet = sheetsByKey.get(key)
  if (sheet === undefined) return
  sheetsByKey.delete(key)
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet)
}

export function injectCSS(css: string): HTMLElement {
  return updateCSS(css, css)
}

export function clearContainerCache(): void {
  sheetsByKey.clear()
}

export function getShadowRoot(): null {
  return null
}

const warned = new Set<string>()

export function warningOnce(isFine: boolean, message: string): void {
  if (isFine || warned.has(message)) return
  warned.add(message)
  console.error(`Warning: ${message}`)
}
