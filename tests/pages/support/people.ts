import type { Address } from '@contracts/address.ts'
import type { Member } from '@contracts/member.ts'

/** A customer who has given no name yet. */
export function member(over: Partial<Member> = {}): Member {
  return { id: 'm-1', joinedAtMs: 0, points: 12, role: null, nickname: '', avatar: '', ...over }
}

/** The screen Me of somebody, with nothing to do. */
export const me = (over: Partial<Member> = {}, counts: Partial<Record<'unpaidCount' | 'doingCount' | 'couponCount', number>> = {}) =>
  ({ member: member(over), unpaidCount: 0, doingCount: 0, couponCount: 0, ...counts })

/** An address in Hangzhou, on the map. */
export function address(id: string, over: Partial<Address> = {}): Address {
  return {
    id, name: '李雷', phone: '13800138000', province: '33', city: '杭州市', district: '西湖区', detail: `桥弄街 ${id} 号`, isDefault: false,
    place: { latitude: 30.3, longitude: 120.1, name: '桥弄街' }, ...over,
  }
}
