import type { FileArgument } from './protobuf.ts'

/** The type of a picture as its first bytes tell it; null for anything else. */
export function imageTypeOf(content: Buffer): string | null {
  if (content.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'image/png'
  if (content.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg'
  if (/^GIF8[79]a/.test(content.subarray(0, 6).toString('latin1'))) return 'image/gif'
  return null
}

/** True for an argument that is a file. */
export function isFileArgument(value: unknown): value is FileArgument {
  return typeof value === 'object' && value !== null && Buffer.isBuffer((value as Partial<FileArgument>).content)
}
