import { PHOTO_MAX_BYTES, PHOTO_SIDE_MAX_PX } from '@contracts/photo.ts'

export interface Size { width: number, height: number }
/** `quality` is of a hundred, as JPEG counts it. */
export interface Print extends Size { quality: number }

/** What a phone can do with a picture that lies on it under a path. */
export interface Darkroom {
  look(path: string): Promise<Size & { bytes: number }>
  /** Draws it anew in another size; answers where it lies. */
  print(path: string, as: Print): Promise<string>
}

/** From what looks like the original to what is small whatever it shows. */
const tries = [
  { side: PHOTO_SIDE_MAX_PX, quality: 80 },
  { side: PHOTO_SIDE_MAX_PX, quality: 60 },
  { side: 960, quality: 60 },
  { side: 640, quality: 50 },
]

/** The size that keeps its shape within a square of so many px. Nothing is made larger. */
export function fittedInto(side: number, { width, height }: Size): Size {
  const scale = Math.min(1, side / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** Brings a photo down to what the server takes. One that is small enough stays as it is: drawing anew costs sharpness. */
export async function shrink(path: string, { look, print }: Darkroom): Promise<string> {
  const before = await look(path)
  if (before.bytes <= PHOTO_MAX_BYTES && Math.max(before.width, before.height) <= PHOTO_SIDE_MAX_PX) return path
  let smaller = path
  for (const { side, quality } of tries) {
    smaller = await print(path, { ...fittedInto(side, before), quality })
    if ((await look(smaller)).bytes <= PHOTO_MAX_BYTES) break
  }
  return smaller
}
