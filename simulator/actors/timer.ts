import type { Stage } from './stage.ts'

/** The platform's timer: sometimes twice at once, sometimes not at all, however long a run takes. */
export async function runTimer(stage: Stage): Promise<void> {
  const { agenda, faults } = stage.simulation
  while (stage.isOpen()) {
    await agenda.pause(stage.mood.timerEveryMs, 'the timer')
    if (!stage.isOpen() || faults.strikes('timerLost')) continue
    fireTimer(stage)
    if (faults.strikes('timerDoubled')) fireTimer(stage)
  }
}

/** One run that nobody waits for. */
export function fireTimer({ cloud, simulation: { agenda } }: Stage): void {
  void cloud.call('timer', { Type: 'Timer', TriggerName: 'every-minute', Time: new Date(agenda.nowMs).toISOString() }, { source: 'wx_trigger' })
}
