import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatIsbn,
  isbn10CheckDigit,
  isbn13CheckDigit,
  isbn13To10,
  normaliseIsbn,
  readIsbn,
} from './isbn.ts'

describe('ISBN', () => {
  it.each([
    ['978-7-5001-6208-7', '9787500162087'],
    ['7-5037-1744-0', '9787503717444'],
    ['7-5037-2790-X', '9787503727900'],
    ['7-5037-2790-x(平装)', '9787503727900'],
    ['９７８７５００１６２０８７', '9787500162087'],
    ['0253325528 (alk. paper)', '9780253325525'],
    ['ISBN 978 0 253 32552 5', '9780253325525'],
    ['ISBN-13: 9780253325525', '9780253325525'],
  ])('reads %s', (raw, isbn13) => {
    expect(normaliseIsbn(raw)).toBe(isbn13)
  })

  it.each([
    ['', 'empty', null],
    ['平装', 'empty', null],
    ['123', 'length', null],
    ['978-7-5001-6208-8', 'check-digit', '9787500162087'],
    ['7-5037-1744-1', 'check-digit', '9787503717444'],
    ['1234567890123', 'prefix', null],
    ['X234567890', 'character', null],
  ])('refuses %s: %s, and only suggests', (raw, fault, suggestion) => {
    expect(readIsbn(raw)).toEqual({ ok: false, fault, suggestion })
  })

  it('refuses a megabyte without reading it all', () => {
    expect(readIsbn('-'.repeat(1_000_000)).ok).toBe(false)
  })

  it.each([
    ['9787503717444', '978-7-5037-1744-4'],
    ['9787500162087', '978-7-5001-6208-7'],
    ['9787301000007', '978-7-301-00000-7'],
    ['9780253325525', '978-0-253-32552-5'],
    ['9791090636071', '9791090636071'],
  ])('hyphenates %s', (isbn13, formatted) => {
    expect(formatIsbn(isbn13)).toBe(formatted)
  })

  it('goes 13 → 10 → 13 unchanged, and 979 has no ten digits', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{9}$/), (core) => {
        const isbn13 = `978${core}${isbn13CheckDigit(`978${core}`)}`
        const isbn10 = isbn13To10(isbn13)
        expect(isbn10).toBe(core + isbn10CheckDigit(core))
        expect(normaliseIsbn(isbn10 ?? '')).toBe(isbn13)
        expect(normaliseIsbn(formatIsbn(isbn13))).toBe(isbn13)
      }),
    )
    expect(isbn13To10('9791090636071')).toBeNull()
  })
})
