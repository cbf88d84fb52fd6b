/* eslint-disable @typescript-eslint/no-require-imports -- cloud functions are CommonJS modules */
const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

/** Takes a file through its whole life in the storage. */
exports.main = async ({ cloudPath, content }) => {
  const { fileID } = await cloud.uploadFile({ cloudPath, fileContent: Buffer.from(content) })
  const { fileList: [link] } = await cloud.getTempFileURL({ fileList: [{ fileID, maxAge: 600 }] })
  const { fileContent } = await cloud.downloadFile({ fileID })
  const overHttp = await (await fetch(encodeURI(link.tempFileURL))).text()
  const { fileList: [deleted] } = await cloud.deleteFile({ fileList: [fileID] })
  const { fileList: [gone] } = await cloud.getTempFileURL({ fileList: [fileID] })
  return { fileID, link, downloaded: fileContent.toString(), overHttp, deleted, gone }
}
