import { rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { hunt, seedsMost } from '../../simulator/hunt.ts'
import { buildPlanted } from '../../simulator/plants/build.ts'
import { remembered } from '../../simulator/plants/caught.ts'
import { beds, plants } from '../../simulator/plants/list.ts'
import { planted } from '../../simulator/plants/plant.ts'
import { openPool } from '../../simulator/pool.ts'
import { expectToHold } from './support.ts'

const pool = openPool(2)
afterAll(() => pool.close())

describe('A planted bug', () => {
  it.concurrent.each(beds)(`is caught within ${seedsMost} seeds: $name`, async (bed) => {
    const caught = await hunt(pool, bed, remembered[bed.name])
    expect(caught, `${bed.name} was not caught`).not.toBeNull()
    if (caught?.seed !== remembered[bed.name]) console.log(`${bed.name}: seed ${caught?.seed} now; npm run simulate -- --hunt remembers it.`)
  })

  it('is what the seed was caught by: the shop as it is holds every promise with the same seeds', async () => {
    await expectToHold(pool, [...new Set(Object.values(remembered))].filter(seed => seed !== undefined))
  })

  const needy = plants.filter(plant => plant.with).map(plant => ({ plant, seed: remembered[[plant.name, ...plant.with ?? []].sort().join(',')] }))
  it.concurrent.each(needy)('that needs others does not show alone: $plant.name', async ({ plant, seed }) => {
    expect(seed, 'the seed that caught it with the others').toBeDefined()
    const functionsDir = await buildPlanted([plant])
    const { violations } = await pool.run({ functionsDir, seed: seed as number, isTraced: false })
    rmSync(functionsDir, { recursive: true })
    expect(violations).toEqual([])
  })
})

describe('A plant', () => {
  const plant = { name: 'weed', about: '', file: 'a.ts', find: 'one', replace: 'two' }

  it('replaces the one place that it names', () => {
    expect(planted('const x = one', plant)).toBe('const x = two')
  })

  it.each([['nothing', 0], ['one and one', 2]])('that does not find its place once is refused by name: %s', (source, times) => {
    expect(() => planted(source, plant)).toThrow(`The plant "weed" finds its place in a.ts ${times} times, not once.`)
  })

  it('in a file that no function uses is refused by name', async () => {
    await expect(buildPlanted([{ ...plant, file: 'backend/nowhere.ts' }])).rejects.toThrow('The plant "weed" never got in')
  })
})
