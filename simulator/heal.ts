import { seeToTroubles } from './actors/refunds.ts'
import { fireTimer } from './actors/timer.ts'
import type { Stage } from './actors/stage.ts'

const minuteMs = 60_000
/** Until the timer runs again, in minutes, longer and longer: about 30 hours, so that the latest notice has arrived. */
const intervals = [1, 1, 2, 5, 15, 40, 120, 300, 500, 850, 1]
/** An hour at a time until a refund that WeChat keeps refusing is given up; half a day until one it keeps silent about is. */
const hoursOfPatience = 70
const halfDaysOfPatience = 18
/** A refund that the owner asks for anew can be in trouble again. */
const looksOfOwner = 6
/** After so many looks the owner asks WeChat no more, and gives the money back in cash. */
const patientLooks = 3

/** Nothing goes wrong any more; the timer runs, WeChat repeats what was not confirmed, and the owner sees to what is shown. */
export async function heal(stage: Stage, isWell: () => boolean): Promise<void> {
  stage.simulation.faults.heal()
  for (const minutes of intervals) if (isWell()) await runAndWait(stage, minutes, isWell)
  for (let look = 0; look < looksOfOwner && isWell(); look += 1) {
    await waitForRefunds(stage, isWell)
    if (!isWell() || !has(stage, 'Abnormal', 'Closed', 'Failed', 'Requested', 'NotEnough', 'Accepted')) break
    const looking = seeToTroubles(stage, look < patientLooks)
    await runAndWait(stage, 5, isWell)
    await looking
  }
  if (isWell()) await runAndWait(stage, 1, isWell)
}

async function waitForRefunds(stage: Stage, isWell: () => boolean): Promise<void> {
  const isUnderWay = () => isWell() && has(stage, 'Requested', 'NotEnough', 'Accepted')
  for (let hour = 0; hour < hoursOfPatience && isWell() && has(stage, 'Requested', 'NotEnough'); hour += 1) await runAndWait(stage, 60, isWell)
  for (let times = 0; times < halfDaysOfPatience && isUnderWay(); times += 1) await runAndWait(stage, 12 * 60, isWell)
}

async function runAndWait(stage: Stage, minutes: number, isWell: () => boolean): Promise<void> {
  const { agenda } = stage.simulation
  const endMs = agenda.nowMs + minutes * minuteMs
  fireTimer(stage)
  while (isWell() && await agenda.step(endMs)) continue
  agenda.nowMs = Math.max(agenda.nowMs, endMs)
}

function has({ auditor }: Stage, ...states: string[]): boolean {
  return auditor.books.rows('refunds').some(({ state }) => states.includes(String(state)))
}
