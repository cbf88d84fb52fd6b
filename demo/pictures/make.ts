/** Draws every picture of the demo shop: `npx tsx demo/pictures/make.ts [name …]`. Same names, same pictures. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { PICTURE_WIDTHS_PX, filesOfPicture } from '../../contracts/picture.ts'
import { Canvas } from './drawing/canvas.ts'
import { drinks } from './drinks.ts'
import type { Picture } from './drinks.ts'
import { goods } from './goods.ts'
import { hot } from './hot.ts'
import { household } from './household.ts'
import { pantry } from './pantry.ts'
import { sets } from './sets.ts'
import { snacks } from './snacks.ts'
import { banners, logo, store } from './stage.ts'
import { wares } from './wares.ts'

/** Goods are drawn on a square of this size. */
const WIDEST_PX = Math.max(...PICTURE_WIDTHS_PX)
const here = path.dirname(fileURLToPath(import.meta.url))
const wanted = process.argv.slice(2)

/** Drawn on a sheet of `width` and `height`, and kept in another width where one is given. */
interface Job { file: string, name: string, width: number, height: number, draw: Picture, quality?: number, keptWidth?: number }

async function render({ file, name, width, height, draw, quality = 80, keptWidth = width }: Job): Promise<void> {
  const canvas = new Canvas(name, width, height)
  const text = canvas.finish(draw(canvas))
  // Twice the size first, so that thin highlights and drops come out smooth.
  const { size } = await sharp(Buffer.from(text), { density: 144 }).resize(keptWidth)
    .webp({ quality, effort: 6, smartSubsample: true }).toFile(path.join(here, file))
  console.log(`${file} ${(size / 1024).toFixed(1)} KB`)
}

interface Catalog { products: { picture: string, pictures?: string[], skus?: { picture?: string }[] }[] }

/** The same thing from nearer: a second picture for whoever wants to see what it is made of. */
const near = (draw: Picture): Picture => canvas => `<g transform="translate(240 262) scale(1.8) translate(-240 -300)">${draw(canvas)}</g>`

async function jobs(): Promise<Job[]> {
  const all: Record<string, Picture> = { ...drinks, ...hot, ...snacks, ...sets, ...goods, ...wares, ...pantry, ...household }
  const catalog = JSON.parse(await readFile(path.join(here, '../catalog.json'), 'utf8')) as Catalog
  const files = catalog.products.flatMap(({ picture, pictures = [], skus = [] }) =>
    [picture, ...pictures, ...skus.flatMap(sku => sku.picture ?? [])])
  return [
    ...[...new Set(files.flatMap(filesOfPicture))].map((file) => {
      const [name = '', keptWidth = WIDEST_PX] = path.basename(file, '.webp').split('.')
      const whole = all[name.replace(/-near$/, '')]
      if (!whole) throw new Error(`${name} is in the catalog but nobody has drawn it`)
      const isNear = name.endsWith('-near')
      const sheet = { width: WIDEST_PX, height: WIDEST_PX, keptWidth: Number(keptWidth) }
      return { file, name, ...sheet, ...isNear ? { draw: near(whole), quality: 68 } : { draw: whole } }
    }),
    ...Object.entries(banners).map(([id, draw]) => ({ file: `banners/${id}.webp`, name: id, width: 1125, height: 450, draw })),
    { file: 'store.webp', name: 'store', width: 750, height: 500, draw: store },
    { file: 'logo.webp', name: 'logo', width: 240, height: 240, draw: logo, quality: 90 },
  ]
}

async function main(): Promise<void> {
  await mkdir(path.join(here, 'goods'), { recursive: true })
  await mkdir(path.join(here, 'banners'), { recursive: true })
  for (const job of await jobs()) {
    if (!wanted.length || wanted.includes(job.name)) await render(job)
  }
  await writeFile(path.join(here, 'logo.svg'), new Canvas('logo', 240, 240).finish(logo()) + '\n')
}

void main()
