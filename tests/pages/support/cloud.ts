import { flushPromises } from '@vue/test-utils'
import type { DoorName } from '@/cloud/transport'

/** One call as it reached the cloud. */
export interface Call { door: DoorName, action: string, input: unknown }

type Reply = (input: unknown) => unknown

/** A cloud that answers as a test tells it, and remembers what it was asked. */
export const cloud = {
  calls: [] as Call[],
  replies: {} as Record<string, Reply>,
  reset(): void {
    this.calls = []
    this.replies = {}
  },
  /** What was sent with each call of an action, the first first. */
  inputs(action: string): unknown[] {
    return this.calls.filter(call => call.action === action).map(call => call.input)
  },
  actions(): string[] {
    return this.calls.map(call => call.action)
  },
  async transport(door: DoorName, action: string, input: unknown): Promise<unknown> {
    cloud.calls.push({ door, action, input })
    const reply = cloud.replies[action]
    if (!reply) throw new Error(`The test did not say what ${action} answers`)
    return reply(input)
  },
}

/** Answers one after the other; the last one stays. */
export function inTurn(...answers: unknown[]): Reply {
  let turn = 0
  return () => answers[Math.min(turn++, answers.length - 1)]
}

/** An answer that is under way until the test lets it come. */
export function underWay(): { reply: Reply, come: (answer: unknown) => Promise<void> } {
  let settle: (answer: unknown) => void = () => undefined
  const answered = new Promise<unknown>((resolve) => { settle = resolve })
  return {
    reply: () => answered,
    async come(answer) {
      settle(answer)
      await flushPromises()
    },
  }
}
