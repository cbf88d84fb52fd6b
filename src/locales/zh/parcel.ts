/** Entering what was posted, in Chinese. */
export const parcel = {
  parcel: {
    open: '填快递单',
    title: '寄出这一单',
    company: '快递公司',
    number: '快递单号',
    numberHint: '输入或扫面单上的条码',
    scan: '扫面单上的条码',
    noCamera: '这里扫不了，请手动输入单号',
    together: '同一位顾客、同一个地址，可以装一个包裹',
    other: (p: { id: string, count: number }) => `#${p.id} · ${p.count} 件`,
    send: (p: { count: number }) => p.count > 1 ? `${p.count} 单一起寄出` : '寄出了',
    sent: '已记下，顾客看得到单号',
  },
}
