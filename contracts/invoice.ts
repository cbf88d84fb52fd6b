import * as v from 'valibot'

const title = v.pipe(v.string(), v.trim(), v.minLength(2), v.maxLength(100))
const email = v.pipe(v.string(), v.trim(), v.email(), v.maxLength(100))

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/**
 * Whether a tax number (税号) can be one: a unified social credit code of 18 characters with the right check character
 * (GB 32100-2015), or an older number of 15, 17 or 20 characters.
 */
export function isTaxNumber(text: string): boolean {
  if (/^([0-9A-Z]{15}|[0-9A-Z]{17}|[0-9A-Z]{20})$/.test(text)) return true
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(text)) return false
  const sum = WEIGHTS.reduce((all, weight, place) => all + weight * ALPHABET.indexOf(text[place]!), 0)
  return ALPHABET[(31 - sum % 31) % 31] === text[17]
}

/** What a customer wants an invoice (发票) to say. It is kept with the order; the shop sends it by e-mail. */
export const Invoice = v.variant('kind', [
  v.strictObject({ kind: v.literal('Personal'), title, email }),
  v.strictObject({ kind: v.literal('Company'), title, taxNumber: v.pipe(v.string(), v.trim(), v.toUpperCase(), v.check(isTaxNumber)), email }),
])
export type Invoice = v.InferOutput<typeof Invoice>
