import { wechat } from '@/platform'

/** Cleaned rich text has no attributes, and no style of the page reaches into it: here it gets its own. */
const styles: Record<string, string> = {
  p: 'margin:0 0 12px;line-height:1.75',
  ul: 'margin:0 0 12px;padding-left:20px',
  ol: 'margin:0 0 12px;padding-left:20px',
  li: 'line-height:1.75',
  h3: 'margin:16px 0 8px;font-size:16px',
  blockquote: 'margin:0 0 12px;padding-left:12px;border-left:3px solid #b9ddd0',
}

/** Rich text as `rich-text` shows it: with space to breathe, and pictures as wide as the page. */
export function styledRichText(html: string): string {
  return html
    .replace(/<(p|ul|ol|li|h3|blockquote)>/g, (_, tag: string) => `<${tag} style="${styles[tag]}">`)
    .replace(/<img src="([^"]+)">/g, (_, source: string) => `<img src="${wechat.pictureUrl(source)}" style="display:block;width:100%">`)
}
