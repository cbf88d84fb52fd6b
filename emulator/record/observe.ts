import type { Experiment, Laboratory } from './experiment.ts'

/** What an experiment showed, as JSON that is the same each time the cloud behaves the same. */
export type Observation = { returned: unknown } | { threw: { errCode: unknown, errMsg: string } }

/** Runs an experiment on an empty collection and writes down what a function would see. */
export async function observe(experiment: Experiment, laboratory: Laboratory): Promise<Observation> {
  await empty(laboratory)
  const observation = await attempt(() => experiment.run(laboratory))
  await empty(laboratory)
  return JSON.parse(JSON.stringify(observation)) as Observation
}

/** What a step returned or threw, with what differs between two runs made equal. */
export async function attempt(step: () => Promise<unknown>): Promise<Observation> {
  try {
    return { returned: level(await step()) ?? null }
  } catch (error) {
    const { errCode, code, errMsg, message } = error as Record<string, unknown>
    return { threw: { errCode: errCode ?? code ?? null, errMsg: levelText(String(errMsg ?? message)) } }
  }
}

/** Removes every document of the experiments. */
export async function empty({ db, probe, unique }: Laboratory): Promise<void> {
  for (const collection of [probe, unique]) await collection.where({ _id: db.command.exists?.(true) }).remove()
}

const randomNames = new Set(['requestId', 'requestID', 'sign', 'nonceStr'])

/** Drops what is random and marks what moves with the clock, at every depth. */
function level(value: unknown): unknown {
  if (value instanceof Date) return Math.abs(value.getTime() - Date.now()) < 3600_000 ? '(now)' : value.toISOString()
  if (typeof value === 'string') return levelText(value)
  if (Array.isArray(value)) return value.map(level)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([name]) => !randomNames.has(name))
  return Object.fromEntries(kept.map(([name, inner]) => [name, level(inner)]))
}

function levelText(text: string): string {
  return text
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '(id)')
    .replace(/\b[0-9a-f]{32}\b/g, '(id)')
    .replace(/rid: [0-9a-f-]+/g, 'rid: (id)')
    .replace(/(\\n|\n) +at .*?(?="|$)/gs, '(stack)')
    .replace(/cloud:\/\/[^/\s]+/g, 'cloud://(environment)')
    .replace(/https?:\/\/[^/\s]+/g, '(address)')
}
