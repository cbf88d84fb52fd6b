import { shallowRef } from 'vue'

/** A question that is answered in words. */
export interface NoteQuestion { title: string, hint: string, yes: string }

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

  return { noteQuestion, askNote, answerNote }
}
