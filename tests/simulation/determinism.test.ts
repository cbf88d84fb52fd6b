import { afterAll, expect, it } from 'vitest'
import { openPool } from '../../simulator/pool.ts'
import { builtDir } from './support.ts'

const [one, other] = [openPool(1), openPool(1)]
afterAll(() => {
  one.close()
  other.close()
})

const digest = async (pool: typeof one, seed: number, isTraced = false) =>
  (await pool.run({ functionsDir: builtDir, seed, isTraced })).digest

it('a seed that signs and seals, with keys of each process, does the same in both', async () => {
  const signing = 15
  expect(await digest(other, signing), 'in another process').toBe(await digest(one, signing))
})

it('a seed does the same in every process, whatever ran there before, traced or not', async () => {
  const first = await digest(one, 7)
  expect(await digest(one, 7), 'again in the same process').toBe(first)
  const others = [await digest(one, 8), await digest(one, 9)]
  expect(await digest(one, 7, true), 'after other seeds, and traced').toBe(first)
  expect(await digest(other, 9), 'first of all in another process').toBe(others[1])
  expect(await digest(other, 7), 'in another process').toBe(first)
  expect(new Set([first, ...others]).size, 'different seeds do different things').toBe(3)
})
