import type { Localized } from '@contracts/catalog.ts'

/** The companies that a small shop posts with, by the codes of WeChat's delivery list. Source: get_delivery_list. */
export const companies: { code: string, name: Localized }[] = [
  { code: 'SF', name: { zh: '顺丰', en: 'SF Express' } },
  { code: 'ZTO', name: { zh: '中通', en: 'ZTO' } },
  { code: 'YTO', name: { zh: '圆通', en: 'YTO' } },
  { code: 'STO', name: { zh: '申通', en: 'STO' } },
  { code: 'YD', name: { zh: '韵达', en: 'Yunda' } },
  { code: 'JTSD', name: { zh: '极兔', en: 'J&T' } },
  { code: 'JD', name: { zh: '京东', en: 'JD' } },
  { code: 'EMS', name: { zh: 'EMS', en: 'EMS' } },
  { code: 'YZPY', name: { zh: '邮政包裹', en: 'China Post' } },
  { code: 'DBL', name: { zh: '德邦', en: 'Deppon' } },
]

/** A company as people call it; one that is not in the list keeps its code. */
export const companyName = (code: string): Localized => companies.find(company => company.code === code)?.name ?? { zh: code, en: code }
