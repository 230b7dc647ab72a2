/**
 * What antd's style modules ask for, without `<style>` elements: constructed style sheets are not
 * subject to `style-src`. The build puts this module in place of theirs (renderer/vite.config.ts),
 * so the exported names and arguments are theirs.
 */
interface Adopted {
  readonly sheet: CSSStyleSheet
  readonly css: string
}
const adoptedByKey = new Map<string, Adopted>()

/** antd marks the element it gets back; a detached one takes the marks and is never shown. */
const marked = (): HTMLElement => document.createElement('meta')

export function updateCSS(css: string, key: string): HTMLElement {
  const known = adoptedByKey.get(key)
  // Every icon asks for its style sheet as it appears; setting it again would restyle the whole page.
  if (known?.css === css) return marked()
  const sheet = known?.sheet ?? new CSSStyleSheet()
  sheet.replaceSync(css)
  adoptedByKey.set(key, { sheet, css })
  if (known === undefined) document.adoptedStyleSheets.push(sheet)
  return marked()
}

export function removeCSS(key: string): void {
  const adopted = adoptedByKey.get(key)
  if (adopted === undefined) return
  adoptedByKey.delete(key)
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== adopted.sheet)
}

export function injectCSS(css: string): HTMLElement {
  return updateCSS(css, css)
}

export function clearContainerCache(): void {
  adoptedByKey.clear()
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
