import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Which seed caught each bed first. Written by `npm run simulate -- --hunt`. */
export const caughtFile = fileURLToPath(new URL('./caught.json', import.meta.url))

export const remembered = JSON.parse(readFileSync(caughtFile, 'utf8')) as Record<string, number | undefined>
