import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '../root.ts'
import { dayPalette, nightPalette } from './palette.ts'
import type { Palette } from './palette.ts'
import { drawTab, tabs } from './tabIcons.ts'

/** What a merchant chooses, in brand/brand.json. */
export interface Brand {
  /** `#rrggbb`. */
  colour: string
  /** A picture beside brand.json, SVG or PNG: square, and good in a circle. */
  logo: string
}

const madeBy = 'Made from brand/brand.json by the build: change it there.'

/** Reads the merchant's choice. Throws one sentence that says what to mend. */
export function readBrand(folder = path.join(root, 'brand')): Brand {
  const { colour, logo } = JSON.parse(readFileSync(path.join(folder, 'brand.json'), 'utf8')) as Partial<Brand>
  if (typeof colour !== 'string' || !/^#[0-9a-f]{6}$/i.test(colour)) throw new Error('brand/brand.json: write the colour as #rrggbb, for example "#0b7a5b".')
  if (typeof logo !== 'string' || !/^[\w-]+\.(svg|png)$/.test(logo)) throw new Error('brand/brand.json: name the logo as an .svg or .png file beside it.')
  if (!existsSync(path.join(folder, logo))) throw new Error(`brand/brand.json names the logo ${logo}, but brand/${logo} does not exist.`)
  return { colour: colour.toLowerCase(), logo }
}

/** Everything that follows from the brand, by its file under `src`. */
export async function filesOf(brand: Brand): Promise<Record<string, string | Buffer>> {
  const [day, night] = [dayPalette(brand.colour), nightPalette(brand.colour)]
  return {
    'theme/palette.scss': scssOf(day, night),
    'theme/palettes.ts': scriptOf(day, night),
    'theme.json': `${JSON.stringify({ light: barsOf(day, 'light'), dark: barsOf(night, 'dark') }, null, 2)}\n`,
    [`static/logo.${brand.logo.split('.').at(-1) ?? ''}`]: readFileSync(path.join(root, 'brand', brand.logo)),
    ...await tabFiles(day, ''),
    ...await tabFiles(night, '-night'),
  }
}

/** Writes what the brand has changed, and nothing else, so that an unchanged brand builds nothing anew. */
export async function applyBrand(): Promise<string[]> {
  const changed = Object.entries(await filesOf(readBrand())).filter(([name, content]) => !holds(name, content))
  for (const [name, content] of changed) writeFileSync(path.join(root, 'src', name), content)
  return changed.map(([name]) => name)
}

/** Whether a file is what it should be. */
export function holds(name: string, content: string | Buffer): boolean {
  const file = path.join(root, 'src', name)
  return existsSync(file) && readFileSync(file).equals(Buffer.from(content))
}

function scssOf(day: Palette, night: Palette): string {
  const mixin = (name: string, palette: Palette) => `@mixin ${name} {\n${Object.entries(palette).map(([key, value]) => `  --${key}: ${value};\n`).join('')}}\n`
  return `// ${madeBy}\n${mixin('day', day)}\n${mixin('night', night)}`
}

/** For a person who wants the other theme than the phone's: a mini program can only say so in a page's own style. */
function scriptOf(day: Palette, night: Palette): string {
  const style = (palette: Palette) => Object.entries(palette).map(([key, value]) => `--${key}:${value}`).join(';')
  const bars = (palette: Palette) => `{ ground: '${palette.surface}', page: '${palette.bg}', tabText: '${palette['text-3']}', tabSelected: '${palette.brand}' }`
  return `// ${madeBy}
/** Every colour as a page's style, by theme. */
export const palettes = {
  light: '${style(day)}',
  dark: '${style(night)}',
}

/** What WeChat draws around a page, by theme. */
export const barColours = {
  light: ${bars(day)},
  dark: ${bars(night)},
}
`
}

function barsOf(palette: Palette, theme: 'light' | 'dark'): Record<string, string | undefined> {
  const suffix = theme === 'dark' ? '-night' : ''
  const icons = Object.keys(tabs).flatMap(name => [[`${name}Icon`, `static/tab-${name}${suffix}.png`], [`${name}IconOn`, `static/tab-${name}-on${suffix}.png`]])
  return {
    navText: theme === 'dark' ? 'white' : 'black',
    navBackground: palette.surface,
    pageBackground: palette.bg,
    pullText: theme === 'dark' ? 'light' : 'dark',
    tabText: palette['text-3'],
    tabSelected: palette.brand,
    tabBackground: palette.surface,
    tabBorder: theme === 'dark' ? 'black' : 'white',
    ...Object.fromEntries(icons) as Record<string, string>,
  }
}

async function tabFiles(palette: Palette, suffix: string): Promise<Record<string, Buffer>> {
  const { 'brand': brand = '', 'on-brand': onBrand = '', 'text-3': grey = '' } = palette
  const files = Object.keys(tabs).map(async name => [
    [`static/tab-${name}${suffix}.png`, await drawTab(name, { line: grey, inside: grey }, false)],
    [`static/tab-${name}-on${suffix}.png`, await drawTab(name, { line: brand, inside: onBrand }, true)],
  ] as const)
  return Object.fromEntries((await Promise.all(files)).flat())
}
