import { readFileSync } from 'node:fs'
import { afterAll, expect, it } from 'vitest'
import { openPool } from '../../simulator/pool.ts'
import { builtDir, expectToHold } from './support.ts'

/** Seeds that once broke a promise, and what they found. */
const regressions = JSON.parse(readFileSync(new URL('./regressions.json', import.meta.url), 'utf8')) as { seed: number, found: string }[]

const freshSeeds = 100
const stepsLeast = 500

const pool = openPool(2)
afterAll(() => pool.close())

it('every seed that once broke a promise holds them now', async () => {
  await expectToHold(pool, regressions.map(({ seed }) => seed))
})

it(`${freshSeeds} fresh seeds hold every promise`, async () => {
  const from = Math.floor(Math.random() * 2 ** 31)
  console.log(`Fresh seeds from ${from}: npm run simulate -- --from ${from} --seeds ${freshSeeds}`)
  await expectToHold(pool, Array.from({ length: freshSeeds }, (_, place) => from + place))
})

it('a seed takes long enough to meet something', async () => {
  const reports = await Promise.all([1, 2, 3, 4].map(seed => pool.run({ functionsDir: builtDir, seed, isTraced: false })))
  for (const { seed, steps } of reports) expect(steps, `steps of seed ${seed}`).toBeGreaterThanOrEqual(stepsLeast)
})
