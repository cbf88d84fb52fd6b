import { storage } from '@/platform/storage'
import type { Stored } from '@/platform/storage'

/** A screen whose last good answer stays on the phone. */
export type KeptName = Extract<keyof Stored, `screen${string}`>

/** Answers of a build with other contracts may lack what the pages of this one expect. */
const build: string = import.meta.env.VITE_SHAPES ?? 'none'

/** Another store shows other goods. */
const shapesNow = () => `${build} ${JSON.stringify(storage.read('storeId'))}`

/** What the screen showed when it was last seen; null where that is not known any more. */
export function keptValue<Value>(name: KeptName): Value | null {
  const kept = storage.read(name)
  return kept?.shapes === shapesNow() ? kept.value as Value : null
}

/** Keeps what a screen shows. A phone without room for it goes on without. */
export function keepValue(name: KeptName, value: unknown): void {
  try {
    storage.write(name, { shapes: shapesNow(), value })
  } catch (error) {
    console.warn(`${name} was not kept`, error)
  }
}
