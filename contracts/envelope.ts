import * as v from 'valibot'
import { Id } from './fields.ts'

/** What travels to every door. The session is read only over HTTP, where the platform injects no caller. */
export const Envelope = v.strictObject({
  action: v.pipe(v.string(), v.regex(/^[A-Za-z]{1,40}$/)),
  input: v.optional(v.unknown(), {}),
  /** The store that the call is about; the shop's first one where it says nothing. */
  storeId: v.optional(Id),
  session: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{20,128}$/))),
})
export type Envelope = v.InferOutput<typeof Envelope>
