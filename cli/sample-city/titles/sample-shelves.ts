/** Every table of titles, in the order in which title ids are given out. */
import { art } from './art.ts'
import { audioVisual } from './audio-visual.ts'
import { braille } from './braille.ts'
import { children } from './children.ts'
import { classics } from './classics.ts'
import { computing } from './computing.ts'
import { contemporaryFiction } from './contemporary-fiction.ts'
import { economics } from './economics.ts'
import { english } from './english.ts'
import { foreignLiterature } from './foreign-literature.ts'
import { foreignLiterature2 } from './foreign-literature-2.ts'
import { history } from './history.ts'
import { medicine } from './medicine.ts'
import { modernLiterature } from './modern-literature.ts'
import { periodicals } from './periodicals.ts'
import { philosophy } from './philosophy.ts'
import { science } from './science.ts'
import { shenzhen } from './shenzhen.ts'
import type { TitleShelf } from './title-row.ts'

export const sampleShelves: readonly TitleShelf[] = [
  contemporaryFiction,
  modernLiterature,
  classics,
  foreignLiterature,
  foreignLiterature2,
  children,
  history,
  philosophy,
  economics,
  science,
  computing,
  medicine,
  art,
  shenzhen,
  english,
  periodicals,
  audioVisual,
  braille,
]
