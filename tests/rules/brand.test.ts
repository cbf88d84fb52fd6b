import fc from 'fast-check'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { filesOf, holds, readBrand } from '../../scripts/steps/brand/applyBrand.ts'
import { contrast, toHex, toOklch } from '../../scripts/steps/brand/colour.ts'
import { contrastMin, dayPalette, inksOn, nightPalette } from '../../scripts/steps/brand/palette.ts'
import type { Palette } from '../../scripts/steps/brand/palette.ts'

const hex = fc.integer({ min: 0, max: 0xffffff }).map(value => `#${value.toString(16).padStart(6, '0')}`)

/** Every ink on every ground that is too hard to read. */
function faint(palette: Palette): string[] {
  return Object.entries(inksOn).flatMap(([ground, inks]) => inks
    .filter(ink => contrast(palette[ink]!, palette[ground]!) < contrastMin)
    .map(ink => `${ink} on ${ground}`))
}

describe('the palette', () => {
  it('can be read everywhere by day and by night, whatever colour a merchant chooses', () => {
    fc.assert(fc.property(hex, (colour) => {
      expect({ colour, faint: faint(dayPalette(colour)) }).toEqual({ colour, faint: [] })
      expect({ colour, faint: faint(nightPalette(colour)) }).toEqual({ colour, faint: [] })
    }), { numRuns: 400, examples: [['#ffffff'], ['#000000'], ['#ffd100'], ['#ff0000'], ['#00ff00'], ['#0b7a5b']] })
  })

  it('keeps a colour that can be read, to the letter', () => {
    expect(dayPalette('#0b7a5b').brand).toBe('#0b7a5b')
    expect(dayPalette('#7b2d8e').brand).toBe('#7b2d8e')
  })

  it('has the same names by day and by night, so that no screen falls back to nothing', () => {
    expect(Object.keys(nightPalette('#0b7a5b'))).toEqual(Object.keys(dayPalette('#0b7a5b')))
  })

  it('turns a colour into lightness and back without losing it', () => {
    fc.assert(fc.property(hex, (colour) => {
      const back = toHex(toOklch(colour))
      const parts = (text: string) => [1, 3, 5].map(at => Number.parseInt(text.slice(at, at + 2), 16))
      parts(back).forEach((part, index) => expect(Math.abs(part - parts(colour)[index]!)).toBeLessThanOrEqual(2))
    }))
  })
})

describe('brand.json', () => {
  const folders: string[] = []
  const write = (brand: unknown, files: string[] = []) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'xiaopu-brand-'))
    folders.push(folder)
    writeFileSync(path.join(folder, 'brand.json'), JSON.stringify(brand))
    for (const file of files) writeFileSync(path.join(folder, file), '')
    return folder
  }
  afterAll(() => folders.forEach(folder => rmSync(folder, { recursive: true })))

  it('has been carried into every file that follows from it', async () => {
    const files = await filesOf(readBrand())
    expect(Object.entries(files).filter(([name, content]) => !holds(name, content)).map(([name]) => name)).toEqual([])
  })

  it('says what is wrong with it', () => {
    expect(() => readBrand(write({ colour: 'green', logo: 'logo.svg' }, ['logo.svg']))).toThrow('write the colour as #rrggbb')
    expect(() => readBrand(write({ colour: '#0b7a5b', logo: '../secret.svg' }))).toThrow('name the logo')
    expect(() => readBrand(write({ colour: '#0b7a5b', logo: 'mine.png' }))).toThrow('brand/mine.png does not exist')
  })
})
