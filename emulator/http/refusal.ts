/** An answer other than success, thrown where it is noticed. The message is one sentence for the caller. */
export class Refusal extends Error {
  constructor(readonly status: number, message: string) {
    super(message)
  }
}
