/** A question with two answers, one of which changes something. */
export interface Question { title: string, body?: string, yes: string, no: string }

/** Asks in the phone's own dialog. */
export async function confirm(question: Question): Promise<boolean> {
  const { confirm: said } = await uni.showModal({
    title: question.title,
    content: question.body ?? '',
    confirmText: question.yes,
    cancelText: question.no,
    confirmColor: '#0b7a5b',
  })
  return said
}
