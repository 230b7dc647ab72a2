/** CRC-16, polynomial 1021, initial FFFF, nothing reflected or inverted (ISO 28560-3). */
export const crc16 = (bytes: Iterable<number>): number => {
  let crc = 0xffff
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let n = 0; n < 8; n += 1) {
      crc = ((crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021) & 0xffff
    }
  }
  return crc
}
