/** Tags that a description may have. None keeps an attribute, but a picture its source. */
const ALLOWED: ReadonlySet<string> = new Set(['p', 'br', 'ul', 'ol', 'li', 'strong', 'em', 'h3', 'blockquote', 'img'])
/** They have no end of their own. */
const EMPTY: ReadonlySet<string> = new Set(['br', 'img'])
/** What stands in these is no text for anybody. */
const SWALLOWED: ReadonlySet<string> = new Set(['script', 'style', 'iframe', 'template', 'title', 'textarea', 'noscript', 'svg', 'math'])

export const RICH_TEXT_MAX = 20_000

interface Tag { name: string, isEnd: boolean, attributes: string, end: number }

/**
 * Makes rich text safe where it is written: tags and pictures of the list stay, every other tag goes, every attribute goes,
 * and all else is text. Pictures come from our own storage only. Cleaning twice changes nothing more.
 */
export function cleanRichText(html: string): string {
  const text = html.slice(0, RICH_TEXT_MAX)
  const open: string[] = []
  let clean = ''
  let at = 0
  while (at < text.length) {
    const from = text.indexOf('<', at)
    clean += escaped(text.slice(at, from < 0 ? text.length : from))
    if (from < 0) break
    const tag = tagAt(text, from)
    if (!tag) {
      clean += '&lt;'
      at = from + 1
      continue
    }
    at = tag.end
    if (SWALLOWED.has(tag.name) && !tag.isEnd) at = endOf(text, tag)
    else clean += keep(tag, open)
  }
  return clean + open.reverse().map(name => `</${name}>`).join('')
}

function tagAt(text: string, from: number): Tag | null {
  const head = /^<(\/?)([A-Za-z][A-Za-z0-9]{0,15})/.exec(text.slice(from, from + 18))
  if (!head) return null
  const close = text.indexOf('>', from)
  if (close < 0) return null
  const start = from + head[0].length
  return { name: head[2]!.toLowerCase(), isEnd: head[1] === '/', attributes: text.slice(start, close), end: close + 1 }
}

function endOf(text: string, { name, end }: Tag): number {
  const close = text.toLowerCase().indexOf(`</${name}`, end)
  const over = close < 0 ? -1 : text.indexOf('>', close)
  return over < 0 ? text.length : over + 1
}

function keep({ name, isEnd, attributes }: Tag, open: string[]): string {
  if (!ALLOWED.has(name)) return ''
  if (name === 'img') {
    const source = /(?:^|\s)src="(cloud:\/\/[A-Za-z0-9._/-]{1,300})"/.exec(attributes)?.[1]
    return source && !isEnd ? `<img src="${source}">` : ''
  }
  if (EMPTY.has(name)) return isEnd ? '' : `<${name}>`
  if (!isEnd) {
    open.push(name)
    return `<${name}>`
  }
  const place = open.lastIndexOf(name)
  if (place < 0) return ''
  // What was left open inside ends with it.
  return open.splice(place).reverse().map(one => `</${one}>`).join('')
}

/** An ampersand that begins a reference stays one. */
const escaped = (text: string): string => text.replace(/&(?![A-Za-z]{2,8};|#\d{1,6};)/g, '&amp;').replace(/>/g, '&gt;')
