/** Files that exist on this phone only, under WeChat's kind of address. */
const kept = new Map<string, { file: Blob, url: string }>()

/** Keeps a file until the phone closes, and answers its address. */
export function keepFile(file: Blob): string {
  const path = `http://tmp/${kept.size + 1}.${file.type.split('/')[1] ?? 'bin'}`
  kept.set(path, { file, url: URL.createObjectURL(file) })
  return path
}

export function fileAt(path: string): Blob {
  const found = kept.get(path)
  if (!found) throw new Error(`file not found ${path}`)
  return found.file
}

/** What the browser can show for such an address; undefined for any other. */
export const shownUrl = (path: string): string | undefined => kept.get(path)?.url

/** A photograph, as a camera would take it: a real PNG, small and plain or large and full of things. */
export async function drawPicture(index: number, side: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(side, side)
  const paint = canvas.getContext('2d')
  if (!paint) throw new Error('no picture can be drawn here')
  paint.fillStyle = `hsl(${index * 67 % 360} 60% 60%)`
  paint.fillRect(0, 0, side, side)
  if (side > 64) paint.putImageData(new ImageData(noise(side), side), 0, 0)
  return canvas.convertToBlob({ type: 'image/png' })
}

/** Every dot of another colour: nothing that weighs more. */
function noise(side: number): Uint8ClampedArray<ArrayBuffer> {
  let seed = 1
  const next = () => (seed = seed * 16_807 % 2_147_483_647) % 256
  return Uint8ClampedArray.from({ length: side * side * 4 }, (_, place) => place % 4 === 3 ? 255 : next())
}
