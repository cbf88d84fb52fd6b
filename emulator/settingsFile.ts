import { readFile } from 'node:fs/promises'
import { StartError } from './emulator.ts'

/** Reads a JSON file that a flag names. Throws a StartError for one that is missing or no JSON. */
export async function readSettingsFile(file: string, flag: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown
  } catch (error) {
    throw new StartError(`${file} cannot be read as JSON (${(error as Error).message}): mend it, or name another file with ${flag}.`)
  }
}
