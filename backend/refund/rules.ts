/** After so many tries a person has to look: with the delays below that is about two days. */
export const TRIES_MAX = 60

/** 15 s, then twice as long each time, at most an hour. */
export const retryDelayMs = (tries: number): number => Math.min(15_000 * 2 ** Math.min(tries, 10), 3_600_000)
