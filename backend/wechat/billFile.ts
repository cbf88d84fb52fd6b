import { gunzipSync } from 'node:zlib'

/** More than any shop's day; a packed file that unfolds to more is not read to its end. */
const LONGEST_BILL = 64 * 1024 * 1024

/** The text of a bill as it was sent, packed or not. Throws for a packed file that is broken. */
export function unpackBill(file: Buffer): Buffer {
  const isPacked = file[0] === 0x1f && file[1] === 0x8b
  return isPacked ? gunzipSync(file, { maxOutputLength: LONGEST_BILL }) : file
}
