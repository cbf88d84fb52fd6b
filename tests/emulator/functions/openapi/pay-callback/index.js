/** Confirms every notice of a payment. */
exports.main = async () => ({ errcode: 0, errmsg: '' })
