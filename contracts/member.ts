import * as v from 'valibot'
import { action } from './action.ts'
import { photoIn } from './fields.ts'

/** Staff have one role; customers have none. */
export type Role = 'clerk' | 'owner'

export interface Member {
  id: string
  joinedAtMs: number
  points: number
  /** Set for staff only; what it allows is decided on the server in each call. */
  role: Role | null
  /** Empty where none was given. */
  nickname: string
  /** A file id; empty where none was given. */
  avatar: string
}

/** As long as WeChat's own nicknames. */
export const nicknameMax = 20

export const memberActions = {
  /** How a member wants to be called and seen; what is empty is taken back. Others see it beside reviews, so WeChat looks at it first. */
  saveProfile: action<Member>()({
    caller: 'customer',
    input: v.strictObject({
      nickname: v.pipe(v.string(), v.trim(), v.maxLength(nicknameMax)),
      avatar: v.union([v.literal(''), photoIn('avatar')]),
    }),
    codes: ['PhotoUnknown', 'PhotoTooLarge', 'ContentRefused', 'CheckUnavailable', 'TooOften'],
    limit: { perMinute: 10 },
  }),
} as const
