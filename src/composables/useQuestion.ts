import { shallowRef } from 'vue'

/** A question with two answers, one of which changes something. */
export interface Question { title: string, body?: string, yes: string, no: string }

/**
 * Asks before something changes. The page shows the question itself: WeChat's own dialog allows four characters on a
 * button, too few to say what it does.
 */
export function useQuestion() {
  const question = shallowRef<Question | null>(null)
  let settle: ((agreed: boolean) => void) | undefined

  function ask(asked: Question): Promise<boolean> {
    // Only one question can be in sight; an earlier one counts as declined.
    settle?.(false)
    question.value = asked
    return new Promise((resolve) => { settle = resolve })
  }

  function answer(agreed: boolean): void {
    question.value = null
    settle?.(agreed)
    settle = undefined
  }

  return { question, ask, answer }
}
