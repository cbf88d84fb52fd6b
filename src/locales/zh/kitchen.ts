/** How long it takes, and staff's hand on it, in Chinese. */
export const kitchen = {
  kitchen: {
    wait: (p: { from: number, to: number }) => `约 ${p.from}–${p.to} 分钟`,
    soon: (p: { from: number, to: number }) => `尽快，约 ${p.from}–${p.to} 分钟`,
    promise: (p: { from: string, to: string }) => `预计 ${p.from}–${p.to} 做好`,
    arrival: (p: { from: string, to: string }) => `预计 ${p.from}–${p.to} 送达`,
    full: '这会儿做不过来了，晚点再下单吧',
    fullUntil: (p: { time: string }) => `这个时间做不过来了，最近可约 ${p.time}`,
    paused: (p: { time: string }) => `店里忙不过来，${p.time} 恢复接单。可以先加进购物车`,
    pausedShort: (p: { time: string }) => `${p.time} 恢复接单`,
    title: '出餐',
    noWait: '现在接不下了',
    usual: '没有设产能，按正常时间出餐',
    extra: (p: { minutes: number, until: string }) => `多等 ${p.minutes} 分钟，到 ${p.until} 为止`,
    add: (p: { minutes: number }) => `+${p.minutes} 分钟`,
    clear: '恢复正常',
    pause: '暂停接单',
    pauseFor: (p: { minutes: number }) => `暂停 ${p.minutes} 分钟`,
    resume: '恢复接单',
    isPaused: (p: { time: string }) => `暂停接单中，${p.time} 自动恢复`,
    load: (p: { clock: string, taken: number, points: number }) => `${p.clock} 已排 ${p.taken}，共 ${p.points}`,
  },
}
