import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { filesOfPicture, pictureFor } from '../../contracts/picture.ts'

describe('a picture of the shop', () => {
  it('is fetched in the smallest width that is enough', () => {
    const fetched = (shownPx: number) => pictureFor('cloud://e.b/goods/tea.480.webp', shownPx)
    expect([72, 176, 302].map(fetched)).toEqual(Array(3).fill('cloud://e.b/goods/tea.272.webp'))
    expect([303, 480, 2000].map(fetched)).toEqual(Array(3).fill('cloud://e.b/goods/tea.480.webp'))
  })

  it('is fetched as it is where its name promises no other widths: a merchant’s own, a photo, none at all', () => {
    for (const id of ['cloud://e.b/goods/tea.webp', 'cloud://e.b/tea.480.jpg', 'https://x.example/a.png?sign=1', '']) {
      expect(pictureFor(id, 100)).toBe(id)
      expect(filesOfPicture(id)).toEqual([id])
    }
  })

  it('of the demo shop is there in every width that its name promises', () => {
    const catalog = readFileSync(new URL('../../demo/catalog.json', import.meta.url), 'utf8')
    const named = [...catalog.matchAll(/"([\w/.-]+\.webp)"/g)].map(found => found[1]!)
    expect(named.length).toBeGreaterThan(50)
    const missing = named.flatMap(filesOfPicture).filter(file => !existsSync(new URL(`../../demo/pictures/${file}`, import.meta.url)))
    expect(missing).toEqual([])
  })
})
