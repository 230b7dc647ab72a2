/**
 * ISBNs of the sample city: right in form, assigned to nobody that we know of.
 *
 * The agency's table (reference/domain-cn.md 2.4) gives every digit of 978-7 a registrant length
 * and leaves no gap: 5000–7999 are registrants of four digits. China's publishers hold those from
 * 5000 upwards in order of admission, and none at 6000 or above is known to us; so the sample's
 * publishers stand there (978-7-6…, the big generated city also 978-7-7…). A scan of a real book
 * therefore never meets a sample title by its ISBN.
 */
import { isbn13CheckDigit } from '../../domain/words/isbn.ts'

/** `serial` below 10,000,000: the last three digits of the registrant, then four of the title. */
export function sampleIsbn(block: '6' | '7', serial: number): string {
  const core = `9787${block}${String(serial).padStart(7, '0')}`
  return core + isbn13CheckDigit(core)
}
