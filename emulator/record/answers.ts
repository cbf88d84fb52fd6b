import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Observation } from './observe.ts'

/** The answer to an experiment: recorded from the real cloud, or what the emulator takes it to be. */
export interface Answer {
  basis: 'measured' | 'assumed'
  /** The day of the recording, `2026-01-31`. */
  recordedOn?: string
  observed: Observation
}

export type Answers = Record<string, Answer>

/** The answers that the emulator is tested against. */
export const answersFile = fileURLToPath(new URL('answers.json', import.meta.url))

export async function readAnswers(file: string): Promise<Answers> {
  return JSON.parse(await readFile(file, 'utf8')) as Answers
}

export async function writeAnswers(file: string, answers: Answers): Promise<void> {
  const sorted = Object.fromEntries(Object.entries(answers).sort(([left], [right]) => left < right ? -1 : 1))
  await writeFile(file, `${JSON.stringify(sorted, null, 2)}\n`)
}
