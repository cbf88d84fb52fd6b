/** Line icons: `npx tsx demo/pictures/icons.ts`; the tab bar's are in scripts/steps/brand. One grid of 24, one weight, round ends. */
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { empty } from './empty.ts'

const target = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../src/static')
const ink = '#2B2A28'
const white = '#FFFFFF'

const icons: Record<string, string> = {
  'search': '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>',
  'location': '<path d="M12 21c4.2-4.4 6.75-7.6 6.75-11a6.75 6.75 0 0 0-13.5 0c0 3.4 2.55 6.6 6.75 11Z"/><circle cx="12" cy="10" r="2.5"/>',
  'phone': '<path d="M8.6 4.2 6.4 4.5c-1.2.2-2 1.2-1.9 2.4.6 6.9 5.7 12 12.6 12.6 1.2.1 2.2-.7 2.4-1.9l.3-2.2a1 1 0 0 0-.6-1.1l-3.3-1.4a1 1 0 0 0-1.2.3l-1.2 1.6a11.5 11.5 0 0 1-4.3-4.3l1.6-1.2a1 1 0 0 0 .3-1.2L9.7 4.8a1 1 0 0 0-1.1-.6Z"/>',
  'clock': '<circle cx="12" cy="12" r="8.25"/><path d="M12 7.5V12l3 2"/>',
  'sliders': '<path d="M4 7.5h8.5M17.5 7.5H20M4 16.5h2.5M11.5 16.5H20"/><circle cx="15" cy="7.5" r="2.5"/><circle cx="9" cy="16.5" r="2.5"/>',
  'chart': '<path d="M4 20h16M6.5 16.5v-4M12 16.5V5M17.5 16.5V9"/>',
  'table': '<path d="M3 8.5h18M5.5 8.5V19M18.5 8.5V19M5.5 13h13"/><path d="M9 5.5h6"/>',
  'bag': '<path d="M5.5 8.5h13l.9 10.4a1.5 1.5 0 0 1-1.5 1.6H6.1a1.5 1.5 0 0 1-1.5-1.6L5.5 8.5Z"/><path d="M8.75 11V7a3.25 3.25 0 0 1 6.5 0v4"/>',
  'scooter': '<circle cx="6.25" cy="17.25" r="2.5"/><circle cx="18" cy="17.25" r="2.5"/><path d="M8.75 17.25h6.75c0-3.2 1-5 3-6L16.75 5H14"/><path d="M3.5 13.5c.6-1.2 1.7-1.75 3-1.75h5.75v5.5"/><path d="M4.25 8h5.5v3.75h-5.5Z"/>',
  'shop': '<path d="M5 11v8.25a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1V11"/><path d="M4.75 4h14.5L21 8.75a2.25 2.25 0 0 1-4.5 0 2.25 2.25 0 0 1-4.5 0 2.25 2.25 0 0 1-4.5 0 2.25 2.25 0 0 1-4.5 0L4.75 4Z"/><path d="M9.5 20.25V15h5v5.25"/>',
  'cup': '<path d="M4.5 9h12v5.5a5 5 0 0 1-5 5h-2a5 5 0 0 1-5-5V9Z"/><path d="M16.5 10.5h1.25a2.75 2.75 0 0 1 0 5.5h-1.5M8.5 3.5c-1 1 1 1.5 0 3M12.5 3.5c-1 1 1 1.5 0 3"/>',
  'cart': '<path d="M3 4.5h2.2l2.2 10.2a1.25 1.25 0 0 0 1.25 1h8.3a1.25 1.25 0 0 0 1.2-.95L20 8H6"/><circle cx="9.25" cy="19.25" r="1.25"/><circle cx="16.75" cy="19.25" r="1.25"/>',
  'plus': '<path d="M12 5.5v13M5.5 12h13"/>',
  'minus': '<path d="M5.5 12h13"/>',
  'close': '<path d="m6.5 6.5 11 11M17.5 6.5l-11 11"/>',
  'chevron-right': '<path d="m9.5 5.5 6.5 6.5-6.5 6.5"/>',
  'chevron-down': '<path d="m5.5 9.5 6.5 6.5 6.5-6.5"/>',
  'check': '<path d="m5 12.5 4.75 4.75L19.25 7.5"/>',
  'trash': '<path d="M4.5 7h15M9.5 7V4.75a.75.75 0 0 1 .75-.75h3.5a.75.75 0 0 1 .75.75V7M6.5 7l.75 11.9a1.5 1.5 0 0 0 1.5 1.4h6.5a1.5 1.5 0 0 0 1.5-1.4L17.5 7M10 11v5.5M14 11v5.5"/>',
  'star': '<path d="m12 3.75 2.55 5.2 5.7.85-4.15 4 1 5.7L12 16.8l-5.1 2.7 1-5.7-4.15-4 5.7-.85L12 3.75Z"/>',
  'receipt': '<path d="M5.5 3.5h13v17l-2.2-1.5-2.15 1.5L12 19l-2.15 1.5L7.7 19l-2.2 1.5v-17Z"/><path d="M9 8.5h6M9 12.5h6"/>',
  'staff': '<circle cx="12" cy="8.75" r="3.75"/><path d="M4.75 20.25c.5-3.6 3.5-5.75 7.25-5.75s6.75 2.15 7.25 5.75M8.4 7C9.5 5 14.5 5 15.6 7"/>',
  'language': '<circle cx="12" cy="12" r="8.25"/><path d="M3.75 12h16.5M12 3.75c2.3 2.2 3.5 5 3.5 8.25s-1.2 6.05-3.5 8.25c-2.3-2.2-3.5-5-3.5-8.25s1.2-6.05 3.5-8.25Z"/>',
  'letters': '<path d="M3.5 18.5 8.25 6.5h.5l4.75 12M5.25 14.5h6.5M14.5 18.5l3-7.5h.5l3 7.5M15.6 16h4.3"/>',
  'theme': '<circle cx="12" cy="12" r="8.25"/><path d="M12 3.75v16.5a8.25 8.25 0 0 0 0-16.5Z" fill="#2B2A28"/>',
  'wallet': '<path d="M4 7.75h14.5a1.5 1.5 0 0 1 1.5 1.5v8.5a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.75v-10ZM4 7.75a2 2 0 0 1 1.5-1.9l10-2.1v4"/><circle cx="16" cy="13.5" r="1"/>',
  'refresh': '<path d="M19.5 12a7.5 7.5 0 1 1-2.3-5.4L19.5 9"/><path d="M19.5 4.5V9H15"/>',
  'offline': '<path d="M3.5 3.5l17 17M4 10a12 12 0 0 1 4.5-2.8M12.5 6.25A12 12 0 0 1 20 10M7.25 13.5a7.5 7.5 0 0 1 3.25-1.85M15 12.3a7.5 7.5 0 0 1 1.75 1.2"/><circle cx="12" cy="17.75" r="1.25"/>',
  'scan': '<path d="M4 8.5V5.5A1.5 1.5 0 0 1 5.5 4h3M15.5 4h3A1.5 1.5 0 0 1 20 5.5v3M20 15.5v3a1.5 1.5 0 0 1-1.5 1.5h-3M8.5 20h-3A1.5 1.5 0 0 1 4 18.5v-3M4 12h16"/>',
  'share': '<path d="M12 15V4.5M8 8l4-4 4 4"/><path d="M6.5 11.5H5.25a1 1 0 0 0-1 1v6.25a1 1 0 0 0 1 1h13.5a1 1 0 0 0 1-1V12.5a1 1 0 0 0-1-1H17.5"/>',
  'footprint': '<path d="M8.25 15.5c-2 0-3-1.75-3-4.25s1-6 2.75-6 2.75 2 2.75 4.25-.25 3-.5 4.25-.75 1.75-2 1.75ZM6 18.25h4"/><path d="M16 18c-1.75 0-2.25-1-2.25-2.25 0-1 .25-2 .25-3.5 0-2 1-3.5 2.5-3.5s2.5 2.5 2.5 5-1.25 4.25-3 4.25ZM14 20.5h4"/>',
  'camera': '<path d="M4.5 8h3l1.4-2.4a1 1 0 0 1 .86-.5h4.48a1 1 0 0 1 .86.5L16.5 8h3a1 1 0 0 1 1 1v8.75a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1Z"/><circle cx="12" cy="13.25" r="3.25"/>',
  'heart': '<path d="M12 20C6.8 16.4 3.75 13.3 3.75 9.5A4.5 4.5 0 0 1 8.25 5c1.6 0 2.9.8 3.75 2.1C12.85 5.8 14.15 5 15.75 5a4.5 4.5 0 0 1 4.5 4.5c0 3.8-3.05 6.9-8.25 10.5Z"/>',
}

const frame = (colour: string, content: string, size = 24, weight = 1.6): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 24 24" fill="none" stroke="${colour}" stroke-width="${weight}" stroke-linecap="round" stroke-linejoin="round">${content}</svg>`

async function main(): Promise<void> {
  await mkdir(path.join(target, 'icons'), { recursive: true })
  await mkdir(path.join(target, 'empty'), { recursive: true })
  const save = (name: string, text: string): Promise<void> => writeFile(path.join(target, name), text + '\n')
  for (const [name, content] of Object.entries(icons)) await save(`icons/${name}.svg`, frame(ink, content))
  for (const name of ['cart', 'plus', 'check', 'close']) await save(`icons/${name}-white.svg`, frame(white, icons[name] ?? ''))
  await save('icons/heart-on.svg', frame('#D9432F', icons.heart ?? '').replace('fill="none"', 'fill="#D9432F"'))
  await save('icons/star-on.svg', frame('#F0A020', icons.star ?? '').replace('fill="none"', 'fill="#F0A020"'))
  for (const [name, content] of Object.entries(empty)) await save(`empty/${name}.svg`, content)
}

void main()
