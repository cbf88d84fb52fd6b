/**
 * Splits an amount in proportion to `weights`, by largest remainder: everyone gets the whole fen of their share, and the
 * fen that are left go to the largest parts of a fen, of equal ones to the first. Pure. The shares add up to `totalFen`
 * exactly, none is negative, and none is above its weight when the total is not above theirs.
 * Throws for an amount or a weight that is no whole number from 0 on, and for an amount that nobody could take.
 */
export function allocate(totalFen: number, weights: readonly number[]): number[] {
  for (const amount of [totalFen, ...weights]) {
    if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError(`${amount} is no amount to allocate.`)
  }
  // Products of two amounts leave the whole numbers that a float can hold.
  const sum = weights.reduce((all, weight) => all + BigInt(weight), 0n)
  if (sum === 0n && totalFen > 0) throw new RangeError('Nobody can take a share.')
  if (sum === 0n) return weights.map(() => 0)
  const parts = weights.map(weight => BigInt(totalFen) * BigInt(weight))
  const shares = parts.map(part => Number(part / sum))
  const remainders = parts.map((part, index) => ({ index, remainder: part % sum }))
  const missing = totalFen - shares.reduce((all, share) => all + share, 0)
  // Sorting is stable, so of equal remainders the first comes first.
  remainders.sort((one, other) => Number(other.remainder > one.remainder) - Number(other.remainder < one.remainder))
  for (const { index } of remainders.slice(0, missing)) shares[index]! += 1
  return shares
}
