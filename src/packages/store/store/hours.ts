import type { Messages } from '@/locales/zh'
import type { Store } from '@contracts/catalog.ts'

/** The opening hours as a sign on the door says them: days with the same hours in one line, from Monday on. */
export function hoursLines({ hours, week }: Pick<Store, 'hours' | 'week'>, t: Messages): string[] {
  const words = t.stores
  if (!week) return [`${words.everyDay} ${hours.from}–${hours.until}`]
  const days = [1, 2, 3, 4, 5, 6, 0].map((day) => {
    const ranges = week[day] ?? []
    return { name: words.weekdays[day]!, text: ranges.length === 0 ? words.rest : ranges.map(({ from, until }) => `${from}–${until}`).join(' ') }
  })
  const runs: { first: string, last: string, text: string }[] = []
  for (const { name, text } of days) {
    const run = runs.at(-1)
    if (run?.text === text) run.last = name
    else runs.push({ first: name, last: name, text })
  }
  if (runs.length === 1) return [`${words.everyDay} ${runs[0]!.text}`]
  return runs.map(({ first, last, text }) => `${first === last ? first : `${first}–${last}`} ${text}`)
}
