/** A bug that is planted on purpose, to see that it is caught: one replacement in the shop's source. */
export interface Plant {
  name: string
  /** What the shop no longer does, and how it shows. */
  about: string
  /** From the root of the repository. */
  file: string
  /** Must stand in the file exactly once. */
  find: string
  replace: string
  /** Plants without which this one does not show: one defence hides the loss of the other. */
  with?: readonly string[]
}

/** The source with the bug in it. Throws with the plant's name when the place is not there, or there more than once. */
export function planted(source: string, { name, file, find, replace }: Plant): string {
  const parts = source.split(find)
  if (parts.length !== 2) throw new Error(`The plant "${name}" finds its place in ${file} ${parts.length - 1} times, not once.`)
  return parts.join(replace)
}
