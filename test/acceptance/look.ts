/** What is wrong with how a screen looks and reads, whatever the screen. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { sampleCity } from '../../cli/sample-city/city.ts'
import { CalendarDate } from '../../domain/words/calendar-date.ts'
import { en } from '../../renderer/language/en.ts'
import { zhCN } from '../../renderer/language/zh-CN.ts'

export type Language = 'zh-CN' | 'en'

type Words = { readonly [name: string]: string | Words }

const keysOf = (words: Words, path = ''): readonly (readonly [key: string, text: string])[] =>
  Object.entries(words).flatMap(([name, text]) =>
    typeof text === 'string' ? [[path + name, text] as const] : keysOf(text, `${path}${name}.`),
  )

const han = /\p{Script=Han}+/gu
const phrasesOf = (words: Words): ReadonlySet<string> =>
  new Set(keysOf(words).map(([, text]) => text))
const phrases = { 'zh-CN': phrasesOf(zhCN), en: phrasesOf(en) } as const
const keys = new Set(keysOf(zhCN).map(([key]) => key))

/** Everything that the records of the sample city say, in one text. */
const records = JSON.stringify(sampleCity(CalendarDate.parse('2026-11-22'), (name) => name))
/** A language is named in itself. */
const ALWAYS_HAN = '中文'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Every text that is shown or spoken: text nodes in sight, labels, placeholders, tooltips. */
function shownTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts: string[] = [document.title]
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const { parentElement: parent, textContent } = node
      const isSeen = parent?.checkVisibility({ visibilityProperty: true }) === true
      // What a library writes itself, in its own words and brackets.
      const isOwn = parent?.closest('style, script, [translate=no]') !== null
      if (isSeen && !isOwn) texts.push(textContent ?? '')
    }
    for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]')) {
      for (const name of ['aria-label', 'placeholder', 'title']) {
        texts.push(element.getAttribute(name) ?? '')
      }
    }
    return [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ''))]
  })
}

const isUnfinished = (text: string): boolean =>
  keys.has(text) || /\bundefined\b|\bNaN\b|\[object|\{\{|\}\}/.test(text)

/** Words of the other language, where they are not what a record says. */
function isForeign(text: string, language: Language, known: string): boolean {
  const other = language === 'en' ? 'zh-CN' : 'en'
  const parts = text.split(/ · |：|: /).map((part) => part.trim())
  const isWord = (part: string): boolean => /\p{Script=Han}|[a-z]{2}/u.test(part)
  const isOthers = (part: string): boolean =>
    isWord(part) && phrases[other].has(part) && !phrases[language].has(part)
  if (parts.some(isOthers)) return true
  if (language === 'zh-CN') return false
  return (text.match(han) ?? []).some((run) => !known.includes(run))
}

/** `extraRecords`: what this test itself put on record beyond the sample city. */
export async function wrongWords(
  page: Page,
  language: Language,
  extraRecords = '',
): Promise<string[]> {
  const known = `${records}${extraRecords}${ALWAYS_HAN}`
  const texts = await shownTexts(page)
  return texts.filter((text) => isUnfinished(text) || isForeign(text, language, known))
}

/** WCAG 2.0–2.2, A and AA: each violation with where it is. */
export async function violations(page: Page): Promise<string[]> {
  // The page's own policy forbids the second tab in which axe would gather its results.
  const { violations: found, passes } = await new AxeBuilder({ page })
    .withTags(rules)
    .setLegacyMode(true)
    .analyze()
  if (passes.length < 10) throw new Error(`axe looked at ${passes.length} rules only`)
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html, failureSummary }) =>
      [`${id}: ${help}`, target.join(' '), html.slice(0, 160), failureSummary ?? ''].join('\n  '),
    ),
  )
}

/**
 * Controls that cannot be pressed because they lie outside the window or under something else, and
 * a page that scrolls sideways (WCAG 1.4.10).
 */
export function outOfReach(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    const nameOf = ({ dataset, tagName, innerText }: HTMLElement): string =>
      `${tagName} ${dataset['testid'] ?? innerText}`
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth > clientWidth)
      found.push(`the page is ${scrollWidth - clientWidth} px too wide`)
    const dialog = document.querySelector('[role="dialog"], [data-testid="decision"]')
    const controls = (dialog ?? document).querySelectorAll<HTMLElement>(
      'a[href], button:not(:disabled), input:not(:disabled, .cd-visually-hidden), summary',
    )
    for (const control of controls) {
      if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue
      control.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' })
      const { left, top, width, height } = control.getBoundingClientRect()
      const hit = document.elementFromPoint(left + width / 2, top + height / 2)
      const isHit = hit !== null && (control.contains(hit) || hit.contains(control))
      const label = control.closest('label')
      if (!isHit && !(label?.contains(hit) ?? false)) {
        found.push(`${nameOf(control)} at ${left},${top} ${width}×${height}`)
      }
    }
    return found
  })
}
