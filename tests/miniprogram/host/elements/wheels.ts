/** The wheels of a picker: what each holds while these are chosen, and what the page hears at the end. */
export interface Wheels {
  start: number[]
  texts(chosen: number[]): string[][]
  detail(chosen: number[]): Record<string, unknown>
  /** A wheel depends on those left of it. */
  hang?: boolean
}

type Country = Record<string, { code: string, cities: Record<string, Record<string, { code: string, postcode: string }>> }>

/** A little of WeChat's own list of regions: two provinces near, and one far away, where freight is another. */
const country: Country = {
  上海市: { code: '310000', cities: { 上海市: { 黄浦区: { code: '310101', postcode: '200001' }, 静安区: { code: '310106', postcode: '200040' }, 浦东新区: { code: '310115', postcode: '200120' } } } },
  广东省: { code: '440000', cities: { 广州市: { 天河区: { code: '440106', postcode: '510630' }, 海珠区: { code: '440105', postcode: '510220' } }, 深圳市: { 南山区: { code: '440305', postcode: '518052' } } } },
  新疆维吾尔自治区: { code: '650000', cities: { 乌鲁木齐市: { 天山区: { code: '650102', postcode: '830002' } } } },
}

/** Province, city, district. */
export function regionWheels(value: unknown): Wheels {
  const [province, city, district] = Array.isArray(value) ? value as string[] : []
  const texts = (chosen: number[]) => {
    const provinces = Object.keys(country)
    const cities = country[provinces[chosen[0] ?? 0] ?? '']?.cities ?? {}
    const names = Object.keys(cities)
    return [provinces, names, Object.keys(cities[names[chosen[1] ?? 0] ?? ''] ?? {})]
  }
  const start = [Math.max(0, Object.keys(country).indexOf(province ?? '')), 0, 0]
  start[1] = Math.max(0, texts(start)[1]?.indexOf(city ?? '') ?? 0)
  start[2] = Math.max(0, texts(start)[2]?.indexOf(district ?? '') ?? 0)
  return {
    start, texts, hang: true,
    detail: (chosen) => {
      const names = texts(chosen).map((column, wheel) => column[chosen[wheel] ?? 0] ?? '')
      const [province = '', city = '', district = ''] = names
      const { code = '', postcode = '' } = country[province]?.cities[city]?.[district] ?? {}
      return { value: names, code: [country[province]?.code ?? '', `${code.slice(0, 4)}00`, code], postcode }
    },
  }
}

const twoDigits = (amount: number) => String(amount).padStart(2, '0')
const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => twoDigits(from + index))

/** Hours and minutes between two ends. */
export function timeWheels(value: unknown, from: string | null, until: string | null): Wheels {
  const [earliest, latest] = [from ?? '00:00', until ?? '23:59']
  const hours = upTo(Number(earliest.slice(0, 2)), Number(latest.slice(0, 2)))
  const minutes = upTo(0, 59)
  const [hour = '', minute = ''] = String(value ?? earliest).split(':')
  return {
    start: [Math.max(0, hours.indexOf(hour)), Math.max(0, minutes.indexOf(minute))],
    texts: () => [hours, minutes],
    detail: ([hour = 0, minute = 0]) => {
      const time = `${hours[hour] ?? ''}:${minutes[minute] ?? ''}`
      return { value: time < earliest ? earliest : time > latest ? latest : time }
    },
  }
}

/** Year, month and day between two ends. */
export function dateWheels(value: unknown, from: string | null, until: string | null): Wheels {
  const [earliest, latest] = [from ?? '2020-01-01', until ?? '2035-12-31']
  const wheels = [upTo(Number(earliest.slice(0, 4)), Number(latest.slice(0, 4))), upTo(1, 12), upTo(1, 31)]
  const parts = String(value ?? earliest).split('-')
  return {
    start: wheels.map((column, wheel) => Math.max(0, column.indexOf(parts[wheel] ?? ''))),
    texts: () => wheels,
    detail: (chosen) => {
      const date = wheels.map((column, wheel) => column[chosen[wheel] ?? 0]).join('-')
      return { value: date < earliest ? earliest : date > latest ? latest : date }
    },
  }
}
