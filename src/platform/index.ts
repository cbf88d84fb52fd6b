// #ifdef H5
import { localWeChat } from './localWeChat'
// #endif
// #ifdef MP-WEIXIN
import { weixin } from './weixin'
// #endif
import type { WeChat } from './wechat'

function choose(): WeChat {
  // #ifdef H5
  return localWeChat
  // #endif
  // #ifdef MP-WEIXIN
  return weixin
  // #endif
}

/** The phone that this build runs on. */
export const wechat: WeChat = choose()
