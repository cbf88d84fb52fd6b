import sharp from 'sharp'

/** Body first: it is filled lightly when the tab is on. */
export const tabs: Record<string, readonly [body: string, inside: string, outside: string]> = {
  home: ['<path d="M4.25 10.75 12 4.25l7.75 6.5v8a1.25 1.25 0 0 1-1.25 1.25h-13a1.25 1.25 0 0 1-1.25-1.25v-8Z"/>', '<path d="M12 16.75c-2.6-1.2-2.7-4 0-5.75 2.7 1.75 2.6 4.55 0 5.75Z"/>', ''],
  menu: ['<path d="M6.25 8.25h11.5l-1.3 11a1.25 1.25 0 0 1-1.25 1.1H8.8a1.25 1.25 0 0 1-1.25-1.1l-1.3-11Z"/>', '<path d="M8 13h8"/>', '<path d="M4.75 8.25h14.5M12.5 8.25l1.3-5h2.45"/>'],
  orders: ['<path d="M5.5 3.75h13v16.5l-2.2-1.4-2.15 1.4L12 18.85l-2.15 1.4-2.15-1.4-2.2 1.4V3.75Z"/>', '<path d="M9 8.5h6M9 12.5h4"/>', ''],
  mall: ['<path d="M5 10.5v8.25A1.25 1.25 0 0 0 6.25 20h11.5A1.25 1.25 0 0 0 19 18.75V10.5Z"/>', '<path d="M9.5 20v-5h5v5"/>', '<path d="M4.25 4.5h15.5l1.25 4.25a2.25 2.25 0 0 1-4.5 0 2.25 2.25 0 0 1-4.5 0 2.25 2.25 0 0 1-4.5 0 2.25 2.25 0 0 1-4.5 0L4.25 4.5Z"/>'],
  me: ['<circle cx="12" cy="8.25" r="4"/><path d="M4.25 20.25c.5-3.7 3.7-5.75 7.75-5.75s7.25 2.05 7.75 5.75H4.25Z"/>', '', ''],
}

/** The size that WeChat asks of a tab's icon. Source: app.json, tabBar. */
const sizePx = 81

/** A tab's icon as PNG: lines in one colour, and filled with it where the tab is on. */
export async function drawTab(name: string, colours: { line: string, inside: string }, isOn: boolean): Promise<Buffer> {
  const [body, inside, outside] = tabs[name] ?? ['', '', '']
  const content = isOn ? `<g fill="${colours.line}">${body}</g><g stroke="${colours.inside}">${inside}</g>${outside}` : body + inside + outside
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="${sizePx}" height="${sizePx}" viewBox="0 0 24 24" fill="none" stroke="${colours.line}"`
    + ` stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">${content}</svg>`
  return sharp(Buffer.from(picture), { density: 288 }).resize(sizePx, sizePx).png({ palette: true, colours: 48, effort: 10 }).toBuffer()
}
