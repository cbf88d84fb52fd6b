/** What a mini program code may carry. Source: wxacode.getUnlimited. */
const scenePattern = /^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}$/

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    // A lone percent sign is no encoding; the text then stands for itself, and the pattern below judges it.
    if (error instanceof URIError) return text
    throw error
  }
}

/** The scene text of a scanned code, which arrives encoded; null when there is none that the server could read. */
export function readScene(encoded: string | undefined): string | null {
  if (!encoded) return null
  const scene = decode(encoded)
  return scenePattern.test(scene) ? scene : null
}
