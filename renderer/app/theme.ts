/** Every colour and size of the program, light and dark. A test computes the contrasts. */
import type { ThemeConfig } from 'antd'
import { theme as antdTheme } from 'antd'

export type Scheme = 'light' | 'dark'

const light = {
  page: '#eef1f4',
  surface: '#ffffff',
  raised: '#f7f9fb',
  line: '#d5dbe1',
  lineStrong: '#7d8894',
  ink: '#1a2129',
  inkQuiet: '#505b67',
  primary: '#0b5c8a',
  primaryInk: '#ffffff',
  primarySoft: '#e1eef6',
  done: '#176b3a',
  doneSoft: '#e3f4e9',
  doneInk: '#ffffff',
  needsYou: '#8a5200',
  needsYouSoft: '#fdf1da',
  needsYouInk: '#ffffff',
  stop: '#b3201f',
  stopSoft: '#fde8e7',
  stopInk: '#ffffff',
  noted: '#4d5864',
  notedSoft: '#e9edf1',
  notedInk: '#ffffff',
  focus: '#0b5c8a',
} as const

export type Tokens = Record<keyof typeof light, string>

const dark: Tokens = {
  page: '#12161b',
  surface: '#1b2027',
  raised: '#232a32',
  line: '#39424d',
  lineStrong: '#82909e',
  ink: '#e8edf2',
  inkQuiet: '#aeb9c4',
  primary: '#62b5e5',
  primaryInk: '#08202f',
  primarySoft: '#153042',
  done: '#6fd394',
  doneSoft: '#14311f',
  doneInk: '#06210f',
  needsYou: '#f2b84b',
  needsYouSoft: '#3a2a0b',
  needsYouInk: '#2a1c00',
  stop: '#ff8f88',
  stopSoft: '#43191a',
  stopInk: '#330606',
  noted: '#b4bfca',
  notedSoft: '#2a323b',
  notedInk: '#161b21',
  focus: '#8fd0f5',
}

export const tokensByScheme: Record<Scheme, Tokens> = { light, dark }

/** Text over ground: each pair must reach 4.5 : 1 (WCAG 2.2, 1.4.3). */
export const textPairs: readonly (readonly [keyof Tokens, keyof Tokens])[] = [
  ['ink', 'page'],
  ['ink', 'surface'],
  ['ink', 'raised'],
  ['inkQuiet', 'page'],
  ['inkQuiet', 'surface'],
  ['inkQuiet', 'raised'],
  ['primary', 'surface'],
  ['primary', 'primarySoft'],
  ['primaryInk', 'primary'],
  ['ink', 'primarySoft'],
  ['done', 'doneSoft'],
  ['done', 'surface'],
  ['doneInk', 'done'],
  ['ink', 'doneSoft'],
  ['needsYou', 'needsYouSoft'],
  ['needsYou', 'surface'],
  ['needsYouInk', 'needsYou'],
  ['ink', 'needsYouSoft'],
  ['stop', 'stopSoft'],
  ['stop', 'surface'],
  ['stopInk', 'stop'],
  ['ink', 'stopSoft'],
  ['noted', 'notedSoft'],
  ['noted', 'surface'],
  ['notedInk', 'noted'],
  ['ink', 'notedSoft'],
]

/** Edges of fields and the focus ring: 3 : 1 (1.4.11). */
export const edgePairs: readonly (readonly [keyof Tokens, keyof Tokens])[] = [
  ['lineStrong', 'surface'],
  ['focus', 'surface'],
  ['focus', 'page'],
  ['focus', 'raised'],
]

/** System fonts that together cover GB 18030; the last names are fall-backs for rare hanzi. */
export const fontFamily = [
  'system-ui',
  '-apple-system',
  "'Segoe UI'",
  "'PingFang SC'",
  "'Microsoft YaHei UI'",
  "'Microsoft YaHei'",
  "'HarmonyOS Sans SC'",
  "'Noto Sans CJK SC'",
  "'Source Han Sans SC'",
  "'WenQuanYi Micro Hei'",
  'SimSun-ExtB',
  "'HanaMinB'",
  'sans-serif',
].join(', ')

export function antdThemeFor(scheme: Scheme): ThemeConfig {
  const tokens = tokensByScheme[scheme]
  return {
    zeroRuntime: true,
    hashed: false,
    cssVar: { key: 'citydesk' },
    algorithm: scheme === 'dark' ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    token: {
      fontFamily,
      fontSize: 14,
      borderRadius: 4,
      colorPrimary: tokens.primary,
      colorInfo: tokens.primary,
      colorLink: tokens.primary,
      colorSuccess: tokens.done,
      colorWarning: tokens.needsYou,
      colorError: tokens.stop,
      colorText: tokens.ink,
      colorTextSecondary: tokens.inkQuiet,
      colorTextTertiary: tokens.inkQuiet,
      colorTextDescription: tokens.inkQuiet,
      colorTextPlaceholder: tokens.inkQuiet,
      colorTextLightSolid: tokens.primaryInk,
      colorBgLayout: tokens.page,
      colorBgContainer: tokens.surface,
      colorBgElevated: scheme === 'dark' ? tokens.raised : tokens.surface,
      colorBorder: tokens.lineStrong,
      colorBorderSecondary: tokens.line,
      motion: false,
      wireframe: false,
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none' },
    },
  }
}

/** CSS variables of our own style sheet: `--cd-ink`, `--cd-needs-you-soft`, … */
export const cssVariablesFor = (scheme: Scheme): readonly (readonly [string, string])[] =>
  Object.entries(tokensByScheme[scheme]).map(([name, value]) => [
    `--cd-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    value,
  ])
