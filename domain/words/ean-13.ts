/** True when the 13 digits end in their own check digit (GS1: weights 1 and 3, modulo 10). */
export const hasEan13CheckDigit = (digits: string): boolean => {
  if (!/^\d{13}$/.test(digits)) return false
  let sum = 0
  for (let at = 0; at < 13; at += 1) sum += Number(digits[at]) * (at % 2 === 0 ? 1 : 3)
  return sum % 10 === 0
}
