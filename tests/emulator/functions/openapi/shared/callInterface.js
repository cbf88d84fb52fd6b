/** Calls one interface of `cloud.openapi` by its dotted name, or of `cloud.cloudPay`; tells of an error instead of throwing it. */
exports.callInterface = async (cloud, { api, given, media, list, pay }) => {
  try {
    if (pay) return await cloud.cloudPay[pay](given)
    if (list) return await cloud.getOpenData({ list })
    const call = api.split('.').reduce((group, name) => group[name], cloud.openapi)
    const file = media && { media: { contentType: 'image/png', value: Buffer.from(media, 'base64') } }
    const reply = await call({ ...given, ...file })
    return reply.buffer ? { contentType: reply.contentType, base64: reply.buffer.toString('base64') } : reply
  } catch (error) {
    return { errCode: error.errCode, errMsg: error.errMsg }
  }
}
