import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanRichText } from '../../backend/catalog/richText.ts'

describe('rich text', () => {
  it.each([
    ['<p>好<strong>碗</strong></p>', '<p>好<strong>碗</strong></p>'],
    ['<p onclick="x()" style="color:red">a</p>', '<p>a</p>'],
    ['a<script>alert(1)</script>b', 'ab'],
    ['<SCRIPT src=x>alert(1)', ''],
    ['<img src="cloud://env.b/goods/a.webp" onerror="x()">', '<img src="cloud://env.b/goods/a.webp">'],
    ['<img src="https://evil.example/a.png"><img src="javascript:x">', ''],
    ['<a href="https://evil.example">hier</a>', 'hier'],
    ['<ul><li>一<li>二</ul>', '<ul><li>一<li>二</li></li></ul>'],
    ['1 < 2 & 3 > 2', '1 &lt; 2 &amp; 3 &gt; 2'],
    ['</p></div>text', 'text'],
    ['<p>never closed', '<p>never closed</p>'],
    ['<iframe src="x"></iframe><svg><p>in</p></svg>out', 'out'],
    ['&amp; &lt;b&gt;', '&amp; &lt;b&gt;'],
  ])('%s becomes %s', (html, clean) => expect(cleanRichText(html)).toBe(clean))

  const piece = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom('<p>', '</p>', '<script>', '</script>', '<img src="cloud://e.b/a.webp">', '<img src=x onerror=y>', '<', '>', '<b', '"', '&', '<li>', '</li>', '<style>', '<p a="<script>">'),
  )

  it('is clean after one cleaning, whatever it was', () => {
    fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), (parts) => {
      const clean = cleanRichText(parts.join(''))
      expect(cleanRichText(clean)).toBe(clean)
      const tags = clean.match(/<[^>]*>/g) ?? []
      for (const tag of tags) expect(tag).toMatch(/^<(\/?(p|ul|ol|li|strong|em|h3|blockquote)|br|img src="cloud:\/\/[A-Za-z0-9._/-]+")>$/)
      expect(clean.replace(/<[^>]*>/g, '')).not.toMatch(/[<>]/)
    }), { numRuns: 500 })
  })
})
