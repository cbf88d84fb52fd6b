import type { Messages } from '../zh'

/** How long it takes, and staff's hand on it, in English. */
export const kitchen: Pick<Messages, 'kitchen'> = {
  kitchen: {
    wait: p => `About ${p.from}–${p.to} min`,
    soon: p => `ASAP, about ${p.from}–${p.to} min`,
    promise: p => `Ready about ${p.from}–${p.to}`,
    arrival: p => `With you about ${p.from}–${p.to}`,
    full: 'The kitchen cannot take more on just now. Please try again later',
    fullUntil: p => `The kitchen is full then. The next free time is ${p.time}`,
    paused: p => `The kitchen is catching up and takes orders again ${p.time}. Fill your cart meanwhile`,
    pausedShort: p => `Orders again ${p.time}`,
    title: 'Kitchen',
    noWait: 'Full for now',
    usual: 'No capacity is set, the usual time is told',
    extra: p => `${p.minutes} minutes more, until ${p.until}`,
    add: p => `+${p.minutes} min`,
    clear: 'Back to usual',
    pause: 'Pause orders',
    pauseFor: p => `Pause ${p.minutes} min`,
    resume: 'Take orders',
    isPaused: p => `Paused, orders again by themselves ${p.time}`,
    load: p => `${p.clock}: ${p.taken} of ${p.points} taken`,
  },
}
