/* eslint-disable @typescript-eslint/no-require-imports -- cloud functions are CommonJS modules */
const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

/** Gets message push: answers a customer, and hands on whoever asks for a person. */
exports.main = async ({ MsgType, Content, ToUserName, FromUserName }) => {
  if (Content === 'a person, please') {
    return { MsgType: 'transfer_customer_service', ToUserName: FromUserName, FromUserName: ToUserName, CreateTime: Math.floor(Date.now() / 1000) }
  }
  if (MsgType === 'text') {
    const { OPENID } = cloud.getWXContext()
    await cloud.openapi.customerServiceMessage.send({ touser: OPENID, msgtype: 'text', text: { content: `You said: ${Content}` } })
  }
  return 'success'
}
