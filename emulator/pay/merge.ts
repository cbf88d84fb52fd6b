/** An object with other values in some fields; objects within are merged in the same way, everything else is replaced. */
export function merged(original: object, changes: object): Record<string, unknown> {
  const result: Record<string, unknown> = { ...original }
  for (const [name, value] of Object.entries(changes)) {
    const before = result[name]
    result[name] = isObject(before) && isObject(value) ? merged(before, value) : value
  }
  return result
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
