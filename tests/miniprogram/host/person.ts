/** How a person answers when WeChat asks: with a value, or by refusing in WeChat's own words. */
export type PersonAnswer = { value: unknown } | { fail: string }

/** Something that left the mini program: a call that was dialled, a map that was opened, a picture that was looked at. */
export interface Deed { api: string, options: unknown }

const shopPlace = { name: '人民公园', address: '上海市黄浦区南京西路231号', latitude: 31.2317, longitude: 121.4701 }

/** What a person does who has nothing against it. A test says otherwise with `phone.will`. */
const habits: Record<string, unknown> = {
  chooseAddress: {
    userName: '张三', telNumber: '13800000000', nationalCode: '310101', postalCode: '200003',
    provinceName: '上海市', cityName: '上海市', countyName: '黄浦区', streetName: '南京东路街道', detailInfo: '南京西路231号3楼', detailInfoNew: '南京西路231号3楼',
  },
  chooseLocation: shopPlace,
  getLocation: { ...shopPlace, accuracy: 30, altitude: 0, horizontalAccuracy: 30, verticalAccuracy: 0, speed: -1 },
  getFuzzyLocation: { latitude: 31.23, longitude: 121.47 },
  chooseInvoiceTitle: {
    type: '0', title: '上海好喝有限公司', taxNumber: '91350100M000100Y43', companyAddress: '', telephone: '', bankName: '', bankAccount: '',
  },
}

/** The one who holds the phone. Each answer that a test lays down is given once, in the order they were laid down. */
export class Person {
  private readonly answers = new Map<string, PersonAnswer[]>()
  readonly deeds: Deed[] = []

  constructor(first: Record<string, PersonAnswer> = {}) {
    for (const [api, answer] of Object.entries(first)) this.will(api, answer)
  }

  will(api: string, answer: PersonAnswer): void {
    this.answers.set(api, [...this.answers.get(api) ?? [], answer])
  }

  /** Throws what the person refuses, and `cancel` where nothing was laid down and there is no habit. */
  answer<Answer>(api: string, otherwise?: () => Answer): Answer {
    const laidDown = this.answers.get(api)?.shift()
    if (laidDown && 'fail' in laidDown) throw new Error(laidDown.fail)
    if (laidDown) return laidDown.value as Answer
    if (otherwise) return otherwise()
    if (api in habits) return structuredClone(habits[api]) as Answer
    throw new Error('cancel')
  }

  did(api: string, options: unknown): void {
    // What callbacks stand beside it is nobody's business.
    this.deeds.push({ api, options: JSON.parse(JSON.stringify(options ?? {})) as unknown })
  }
}
