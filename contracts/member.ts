/** Staff have one role; customers have none. */
export type Role = 'clerk' | 'owner'

export interface Member {
  id: string
  joinedAtMs: number
  points: number
  /** Set for staff only; what it allows is decided on the server in each call. */
  role: Role | null
}
