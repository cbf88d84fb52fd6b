import { ref } from 'vue'
import { storage } from '@/platform/storage'
import { makeRequestId } from './requestId'
import type { Outcome } from '@contracts/outcome.ts'

/** As long as an order can be paid. The same wish on the next day is another one. */
const wishKeptMs = 15 * 60_000

function keep(form: string, requestId: string, fingerprint: string): void {
  storage.write('wishes', { ...storage.read('wishes'), [form]: { requestId, fingerprint, atMs: Date.now() } })
}

function forget(form: string): void {
  const { [form]: _, ...others } = storage.read('wishes') ?? {}
  storage.write('wishes', others)
}

/**
 * Sends a form once. A second tap while the first is under way does nothing. The same wish keeps its requestId over
 * failures and restarts of the phone, so that a retry after a lost answer finds the order that was already made.
 */
export function useSubmit(form: string) {
  const isBusy = ref(false)

  function requestIdFor(fingerprint: string): string {
    const kept = storage.read('wishes')?.[form]
    if (kept?.fingerprint === fingerprint && Date.now() - kept.atMs < wishKeptMs) return kept.requestId
    const requestId = makeRequestId()
    keep(form, requestId, fingerprint)
    return requestId
  }

  async function submit<Value>(
    wish: unknown, send: (requestId: string) => Promise<Outcome<Value>>,
  ): Promise<Outcome<Value> | null> {
    if (isBusy.value) return null
    isBusy.value = true
    try {
      const outcome = await send(requestIdFor(JSON.stringify(wish)))
      // Done or refused, the server has answered this wish; only a lost answer must be asked again by the same id.
      if (outcome.ok || outcome.kind === 'refused') forget(form)
      return outcome
    } finally {
      isBusy.value = false
    }
  }

  return { isBusy, submit }
}
