/** Catalogues that are known to have answered, as their libraries published them; nobody asks them by themselves. */
import type { PayloadOf } from '../../../domain/operations/index.ts'

export type SourceDraft = Omit<PayloadOf<'copying.save-target'>, 'of'>

export const emptySource: SourceDraft = {
  name: '',
  kind: 'sru',
  address: '',
  version: '1.1',
  profile: 'cnmarc',
  schema: 'marcxml',
  encoding: 'auto',
  indexes: { isbn: 'bath.isbn', issn: 'bath.issn', title: 'dc.title', author: 'dc.creator' },
  timeOutMs: 8_000,
  isAsked: true,
  isTrusted: false,
}

/** Bib-1 use attributes, alike wherever Z39.50 is spoken. */
export const bib1Indexes = { isbn: '7', issn: '8', title: '4', author: '1003' }

export const sourceExamples = {
  loc: {
    ...emptySource,
    name: 'Library of Congress',
    address: 'http://lx2.loc.gov:210/LCDB',
    profile: 'marc21',
  },
  bnf: {
    ...emptySource,
    name: 'Bibliothèque nationale de France',
    address: 'https://catalogue.bnf.fr/api/SRU',
    version: '1.2',
    profile: 'unimarc',
    schema: 'unimarcxchange',
    indexes: { isbn: 'bib.isbn', issn: 'bib.issn', title: 'bib.title', author: 'bib.author' },
  },
  dnb: {
    ...emptySource,
    name: 'Deutsche Nationalbibliothek',
    address: 'https://services.dnb.de/sru/dnb',
    profile: 'marc21',
    schema: 'MARC21-xml',
    indexes: { isbn: 'num', issn: 'num', title: 'tit', author: 'per' },
  },
  own: {
    ...emptySource,
    name: 'yaz-ztest',
    kind: 'z3950',
    address: 'localhost:9999/Default',
    profile: 'marc21',
    schema: 'usmarc',
    indexes: bib1Indexes,
  },
} as const satisfies Record<string, SourceDraft>
