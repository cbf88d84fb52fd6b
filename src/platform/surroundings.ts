// #ifdef H5
import { localSurroundings } from './localSurroundings'
// #endif
// #ifdef MP-WEIXIN
import { weixinSurroundings } from './weixinSurroundings'
// #endif
import type { Place } from '@contracts/address.ts'

/** What WeChat keeps of an address. Source: wx.chooseAddress. */
export interface WeChatAddress { name: string, phone: string, province: string, city: string, district: string, detail: string }

/** A place on the map, with its address as the map writes it. Source: wx.chooseLocation. */
export interface ChosenPlace extends Place { address: string }

/** Source: wx.chooseInvoiceTitle. */
export interface WeChatInvoiceTitle { kind: 'Personal' | 'Company', title: string, taxNumber: string }

/**
 * What a phone knows about where its owner is and lives. Everything is asked for in a tap and may be refused: null then, and
 * the page goes on without.
 */
export interface Surroundings {
  chooseAddress(): Promise<WeChatAddress | null>
  choosePlace(near: { latitude: number, longitude: number } | null): Promise<ChosenPlace | null>
  /** About where the phone is, to a kilometer; good enough to sort stores. */
  whereAmI(): Promise<{ latitude: number, longitude: number } | null>
  /** Opens the map with the way to a place. */
  openMap(place: { latitude: number, longitude: number, name: string, address: string }): void
  chooseInvoiceTitle(): Promise<WeChatInvoiceTitle | null>
}

function choose(): Surroundings {
  // #ifdef H5
  return localSurroundings
  // #endif
  // #ifdef MP-WEIXIN
  return weixinSurroundings
  // #endif
}

/** The surroundings of the phone that this build runs on. */
export const surroundings: Surroundings = choose()
