/** Sends one after another, so that answers come in the order of the taps and the last one is the newest. */
export function useInTurn() {
  let last: Promise<unknown> = Promise.resolve()

  function inTurn<Answer>(send: () => Promise<Answer>): Promise<Answer> {
    const answer = last.then(send, send)
    last = answer
    return answer
  }

  return { inTurn }
}
