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

/** A small photograph, as a camera would take it: a real PNG. */
export async function drawPicture(index: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(64, 64)
  const paint = canvas.getContext('2d')
  if (!paint) throw new Error('no picture can be drawn here')
  paint.fillStyle = `hsl(${index * 67 % 360} 60% 60%)`
  paint.fillRect(0, 0, 64, 64)
  return canvas.convertToBlob({ type: 'image/png' })
}
