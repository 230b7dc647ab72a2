import type { importLookZh } from './import-look-zh-CN.ts'

export const importLookEn: typeof importLookZh = {
  title: 'Before the import: {{file}}',
  looking: 'Looking at the beginning of the file…',
  looked: 'Looked at the first {{count}} records; {{refused}} more cannot be read.',
  allRead: 'Looked at the first {{count}} records; all of them can be read.',
  nothing:
    'No record at the beginning can be read: choose another format or encoding, or another file.',
  profile: 'MARC format',
  encoding: 'Encoding',
  titles: 'Titles',
  some: '{{name}} ({{count}})',
  packed: 'A packed file; it is read as it is.',
  guessed:
    'The encoding was told by the bytes: where the titles make sense, it is right; where not, choose it on the left.',
  begin: 'Import',
  beginCheck: 'Check',
  back: 'Another file',
}
