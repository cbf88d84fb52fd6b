import { createRequire } from 'node:module'
import type { Cloud, Laboratory, Need } from './experiment.ts'
import { collectionName, inside, uniqueCollectionName } from './experiment.ts'
import { attempt, empty } from './observe.ts'

/** Connects the unmodified SDK to an environment, with the keys that it finds in `TENCENTCLOUD_SECRETID` and `…KEY`. */
export async function openLaboratory(environmentId: string, merchant: string): Promise<Laboratory> {
  const cloud = createRequire(import.meta.url)('wx-server-sdk') as Cloud
  cloud.init({ env: environmentId })
  const db = cloud.database({ throwOnNotFound: false })
  for (const name of [collectionName, uniqueCollectionName]) {
    const created = await attempt(() => db.createCollection(name))
    if ('threw' in created && !/exist/i.test(created.threw.errMsg)) {
      throw new Error(`The environment ${environmentId} cannot be used (${created.threw.errMsg}): check its id, its region and the keys.`)
    }
  }
  return { cloud, db, probe: db.collection(collectionName), unique: db.collection(uniqueCollectionName), collectionName, merchant }
}

/** What to do for the experiments that need more than an empty collection. */
export const preparations: Record<Need, string> = {
  'unique index': `create the unique index \`phone\` on the collection ${uniqueCollectionName} in the console`,
  'geographic index': `create a geographic index (地理位置索引) on the field \`place\` of the collection ${collectionName} in the console`,
  'probe': 'deploy the folder emulator/record/fidelity-probe as a function with DevTools (and delete it afterwards)',
  'merchant': 'deploy fidelity-probe, and name a merchant number that is bound to the environment with --merchant',
}

/** Finds out which preparations were made. */
export async function findPreparations(laboratory: Laboratory): Promise<Set<Need>> {
  const { db, probe, unique, merchant } = laboratory
  const present = new Set<Need>()
  await empty(laboratory)
  await unique.add({ data: { phone: 'twice' } })
  if ('threw' in await attempt(() => unique.add({ data: { phone: 'twice' } }))) present.add('unique index')
  const near = () => probe.where({ place: db.command.geoNear?.({ geometry: new db.Geo.Point(0, 0), maxDistance: 1 }) }).get()
  if ('returned' in await attempt(near)) present.add('geographic index')
  if ('returned' in await attempt(() => inside(laboratory, 'context'))) present.add('probe')
  if (present.has('probe') && merchant !== '') present.add('merchant')
  return present
}
