/** Small drawings for pages with nothing on them. They stand on light and on dark. */

const line = '#8A6F55'
const cream = '#FBF4E6'
const shade = '#EAD9BD'
const green = '#0B7A5B'
const leafy = '#5FA585'
const warm = '#E2A15C'

const page = (content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="180" viewBox="0 0 240 180" fill="none" stroke-linecap="round" stroke-linejoin="round">`
  + '<path d="M30 104C22 62 62 30 108 34c30 3 42-10 68-2 38 12 50 54 32 86-10 18-30 22-52 22H70c-22 0-36-14-40-36Z" fill="#C9A97C" fill-opacity=".16"/>'
  + `<ellipse cx="120" cy="150" rx="84" ry="7" fill="${line}" fill-opacity=".18"/>${content}</svg>`

const face = (x: number, y: number, mood: 'smile' | 'sleep' | 'oops'): string => {
  const eyes = {
    smile: `<circle cx="${x - 10}" cy="${y}" r="2.4" fill="${line}"/><circle cx="${x + 10}" cy="${y}" r="2.4" fill="${line}"/>`,
    sleep: `<path d="M${x - 14} ${y}q4 4 8 0M${x + 6} ${y}q4 4 8 0" stroke="${line}" stroke-width="2.2"/>`,
    oops: `<path d="m${x - 13} ${y - 3} 6 6m0-6-6 6M${x + 7} ${y - 3}l6 6m0-6-6 6" stroke="${line}" stroke-width="2.2"/>`,
  }[mood]
  const mouth = mood === 'oops' ? `<circle cx="${x}" cy="${y + 9}" r="3" stroke="${line}" stroke-width="2"/>` : `<path d="M${x - 4} ${y + 6}q4 4 8 0" stroke="${line}" stroke-width="2.2"/>`
  return `${eyes}${mouth}<ellipse cx="${x - 18}" cy="${y + 6}" rx="4.5" ry="2.6" fill="#EE9B86" fill-opacity=".6"/><ellipse cx="${x + 18}" cy="${y + 6}" rx="4.5" ry="2.6" fill="#EE9B86" fill-opacity=".6"/>`
}

const leaf = (x: number, y: number, turn: number, size = 1): string =>
  `<g transform="translate(${x} ${y}) rotate(${turn}) scale(${size})"><path d="M0 0C2-10 14-15 26-11 24 0 12 6 0 0Z" fill="${leafy}"/><path d="M2-1 18-7" stroke="#fff" stroke-opacity=".7" stroke-width="1.4"/></g>`

const sparkle = (x: number, y: number): string => `<path d="M${x} ${y - 5}v10M${x - 5} ${y}h10" stroke="${warm}" stroke-width="2.2"/>`

export const empty: Record<string, string> = {
  // A paper bag, awake and waiting.
  cart: page(`<path d="M98 62c0-30 44-30 44 0" stroke="${line}" stroke-width="4"/><path d="m78 62 84-4 8 88a4 4 0 0 1-4 4H74a4 4 0 0 1-4-4l8-84Z" fill="${cream}" stroke="${line}" stroke-width="2.4"/><path d="m140 59 22-1 8 88a4 4 0 0 1-4 4h-20l-6-91Z" fill="${shade}"/><path d="m78 62 84-4 8 88a4 4 0 0 1-4 4H74a4 4 0 0 1-4-4l8-84Z" stroke="${line}" stroke-width="2.4"/><path d="M100 62c0-26 40-26 40-2" stroke="${line}" stroke-width="3"/>${face(110, 104, 'smile')}${leaf(158, 46, -24, 1.1)}${leaf(52, 140, 8)}${sparkle(54, 66)}${sparkle(192, 92)}<path d="M104 132h14" stroke="${green}" stroke-width="3"/>`),
  // A blank receipt beside a cup of tea.
  orders: page(`<path d="M66 38h70v106l-8.75-6-8.75 6-8.75-6-8.75 6-8.75-6-8.75 6-8.75-6-8.75 6V38Z" fill="${cream}" stroke="${line}" stroke-width="2.4"/><path d="M82 58h38M82 72h26" stroke="${shade}" stroke-width="5"/><path d="M82 58h14" stroke="${leafy}" stroke-width="5"/>${face(101, 98, 'sleep')}<path d="M140 110h48v16a22 22 0 0 1-22 22h-4a22 22 0 0 1-22-22v-16Z" fill="${green}"/><path d="M140 110h12v32a22 22 0 0 1-12-18v-14Z" fill="#fff" fill-opacity=".18"/><path d="M188 116h5a8 8 0 0 1 0 16h-6" stroke="${green}" stroke-width="4.5"/><ellipse cx="164" cy="110" rx="24" ry="5" fill="${warm}" stroke="${green}" stroke-width="2.4"/><path d="M156 98c-5-6 5-9 0-16M171 98c-5-6 5-9 0-16" stroke="${line}" stroke-opacity=".6" stroke-width="2.4"/>${leaf(40, 146, -12)}${sparkle(200, 74)}`),
  // A teapot asleep on a tray.
  menu: page(`<path d="M44 142h152l-8 9H52l-8-9Z" fill="${warm}" stroke="${line}" stroke-width="2.4"/><path d="M160 96c16-2 14-24 30-30l8 8c-12 10-10 36-34 42" fill="${shade}" stroke="${line}" stroke-width="2.4"/><path d="M78 92c-30-12-36 36-4 36" stroke="${line}" stroke-width="9"/><path d="M78 92c-30-12-36 36-4 36" stroke="${cream}" stroke-width="4.5"/><path d="M72 104c0-26 22-36 48-36s48 10 48 36c0 22-14 34-24 38H96c-10-4-24-16-24-38Z" fill="${cream}" stroke="${line}" stroke-width="2.4"/><path d="M150 80c10 6 12 14 12 24 0 20-12 32-22 36h4c10-4 24-16 24-36 0-12-6-20-18-24Z" fill="${shade}"/><path d="M88 72c2-16 16-20 32-20s30 4 32 20c-18 7-46 7-64 0Z" fill="${green}" stroke="${line}" stroke-width="2.4"/><circle cx="120" cy="46" r="7" fill="${warm}" stroke="${line}" stroke-width="2.4"/>${face(118, 106, 'sleep')}<path d="M178 46h10l-10 12h10M196 28h7l-7 9h7" stroke="${line}" stroke-opacity=".7" stroke-width="2.2"/>${leaf(30, 138, -30)}`),
  // A cup that has tipped over.
  error: page(`<path d="M50 150c-6-14 20-18 34-17 22-9 46 3 44 11 8 2 6 7-2 7H58c-5 0-7-1-8-1Z" fill="${warm}"/><path d="M66 142q14-6 30-4" stroke="#fff" stroke-opacity=".7" stroke-width="2.4"/><g transform="rotate(-68 140 110)"><path d="m108 76 64 0-9 70a6 6 0 0 1-6 5h-34a6 6 0 0 1-6-5l-9-70Z" fill="${cream}" stroke="${line}" stroke-width="2.4"/><path d="M156 76h16l-9 70a6 6 0 0 1-6 5h-12l11-75Z" fill="${shade}"/><path d="m109.5 86 2.5 18h56l2.5-18Z" fill="${green}" fill-opacity=".9"/>${face(138, 122, 'oops')}<path d="M102 76h76" stroke="${line}" stroke-width="6"/></g><path d="m44 96-8-6M54 82l-3-10M38 112l-11 1" stroke="${line}" stroke-opacity=".7" stroke-width="2.4"/><circle cx="96" cy="126" r="6" fill="#4A2A18"/><circle cx="78" cy="140" r="6" fill="#4A2A18"/><circle cx="40" cy="140" r="5" fill="#4A2A18"/>${sparkle(200, 56)}`),
  // Two paper cups on a string that has come apart.
  offline: page(`<path d="M66 104c-14 30 18 52 38 30 8-9 4-18-3-20" stroke="${line}" stroke-width="2.6"/><path d="M174 104c16 26-8 50-32 34-8-6-8-14-2-20" stroke="${line}" stroke-width="2.6"/><path d="m112 92-6-8M120 88V77M128 92l6-8" stroke="${warm}" stroke-width="2.6"/><g transform="rotate(-12 62 82)"><path d="M38 54h50l-7 50a5 5 0 0 1-5 4H50a5 5 0 0 1-5-4l-7-50Z" fill="${cream}" stroke="${line}" stroke-width="2.4"/><path d="M76 54h12l-7 50a5 5 0 0 1-5 4h-8l8-54Z" fill="${shade}"/><path d="M34 54h58" stroke="${green}" stroke-width="6"/>${face(61, 78, 'smile')}</g><g transform="rotate(12 178 82)"><path d="M152 54h50l-7 50a5 5 0 0 1-5 4h-26a5 5 0 0 1-5-4l-7-50Z" fill="${cream}" stroke="${line}" stroke-width="2.4"/><path d="M190 54h12l-7 50a5 5 0 0 1-5 4h-8l8-54Z" fill="${shade}"/><path d="M148 54h58" stroke="${warm}" stroke-width="6"/>${face(175, 78, 'sleep')}</g>${leaf(34, 146, -10)}${leaf(196, 148, -30, 0.9)}`),
}
