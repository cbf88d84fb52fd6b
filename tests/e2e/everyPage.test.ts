import { expect, it } from 'vitest'
import { framedPages } from '../../scripts/steps/vite/pageFrame.ts'
import { listedScreens } from '../../scripts/steps/screens.ts'
import type { Screen } from '../../scripts/steps/screens.ts'
import { walkOverEveryPage } from './everyPage.ts'

const pageOf = ({ path }: Screen) => path.split('?')[0]!.replace(/^\//, '') || 'pages/home/home'

it('has a screen for every page', () => {
  const shown = new Set(listedScreens.map(pageOf))
  // The checkout and the cart are reached by ordering: their screens start elsewhere.
  for (const screen of listedScreens) if (screen.leadsTo) shown.add(screen.leadsTo)
  expect([...framedPages().keys()].filter(page => !shown.has(page))).toEqual([])
})

walkOverEveryPage('zh-CN')
