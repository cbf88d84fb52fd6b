/** Pictures that a person adds to what they write, in Chinese. */
export const photos = {
  photos: {
    title: (p: { most: number }) => `照片（最多 ${p.most} 张）`,
    add: '添加照片',
    photo: (p: { number: number }) => `第 ${p.number} 张照片`,
    remove: (p: { number: number }) => `删除第 ${p.number} 张照片`,
    sending: '正在上传',
    failed: '没传上去，点一下再传',
    notOpened: '相册打不开，请在设置里允许访问相册和相机',
    wait: '照片还在上传，请等一下',
    again: '有照片没传上去，点它再传一次，或删掉',
  },
}
