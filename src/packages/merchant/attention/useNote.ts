import { shallowRef } from 'vue'
import type { Outcome } from '@contracts/outcome.ts'

/** A question that is answered in words. */
export interface NoteQuestion { title: string, hint: string, yes: string, /** What was written already. */ before?: string }

/** Asks staff for a few words; null when they leave it. */
export function useNote() {
  const noteQuestion = shallowRef<NoteQuestion | null>(null)
  let settle: ((note: string | null) => void) | undefined

  function askNote(asked: NoteQuestion): Promise<string | null> {
    settle?.(null)
    noteQuestion.value = asked
    return new Promise((resolve) => { settle = resolve })
  }

  function answerNote(note: string | null): void {
    noteQuestion.value = null
    settle?.(note)
    settle = undefined
  }

  /**
   * Asks for a few words and sends them. Where they did not arrive, as on a lost network, they are asked for again and what was
   * written stands there. Null when they leave it, or when nothing could be sent.
   */
  async function askAndSend<Sent extends Outcome<unknown>>(
    asked: NoteQuestion, send: (note: string) => Promise<Sent | null>,
  ): Promise<Sent | null> {
    let before = ''
    for (;;) {
      const note = await askNote({ ...asked, before })
      const outcome = note === null ? null : await send(note)
      if (note === null || outcome === null || outcome.ok || outcome.kind === 'refused') return outcome
      before = note
    }
  }

  return { noteQuestion, askAndSend, answerNote }
}
