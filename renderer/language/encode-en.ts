/** Encoding by scanning. */
import type { encodeZh } from './encode-zh-CN.ts'

export const encodeEn: typeof encodeZh = {
  title: 'Write tags',
  entry: 'Scan or type the item’s barcode',
  start: 'Lay one down, scan its barcode',
  startHint: 'One item alone on the pad; its barcode writes its tag. Then the next.',
  onPad: {
    none: 'Nothing lies on the pad',
    one: 'One tag on the pad: {{what}}',
    several: '{{count}} tags on the pad: only one may lie there',
  },
  writing: 'Writing: do not move it',
  written: 'Written',
  same: 'The tag says so already: nothing to write',
  failed: 'Not written',
  failedHint:
    'Lay it flat and scan again. If it still does not take it, use another tag and press Give up.',
  interrupted: 'Half written',
  interruptedHint:
    'Lay the same item on the pad: it is finished by itself. Until then its tag says nothing.',
  overtaken: 'Written elsewhere meanwhile, left alone',
  refused: {
    'no-tag': 'No tag on the pad',
    'several-tags': 'More than one tag on the pad',
    unreadable: 'The tag cannot be read',
    'unknown-item': 'This desk does not know the barcode',
    'being-written': 'This tag is being written for another item',
    'does-not-fit': 'The tag is too small',
    'reader-card': 'This is a reader’s card and stays as it is',
    'other-item': 'The tag is another item’s',
    foreign: 'The tag holds another system’s content',
    'item-has-tag': 'The item was given another tag just now',
  },
  refusedHint: {
    'no-tag': 'Lay the item on the pad and scan again.',
    'several-tags': 'Take the others away and scan again.',
    unreadable: 'Move metal covers and discs away, lay it flat and scan again.',
    'unknown-item': 'Register the item first, then write its tag.',
    'being-written': 'Finish it first, or press Give up.',
    'does-not-fit': 'Use a larger tag.',
    'reader-card': 'Use a tag for books.',
    'other-item': 'It says {{onTag}}. Overwrite it?',
    foreign: 'What it holds will be gone. Overwrite it?',
    'item-has-tag': 'Two tags of one item stand in each other’s way. Write another?',
  },
  overwrite: 'Overwrite',
  rows: 'Tags written here: {{count}}',
  none: 'No tag was written yet',
  noneHint:
    'Written and half written tags are listed here; neither power cuts nor lifting loses one.',
  giveUp: 'Give up',
}
