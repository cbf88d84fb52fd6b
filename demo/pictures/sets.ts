/** Set meals: what is in them, together on one tray. */
import { svg } from './drawing/canvas.ts'
import type { Canvas } from './drawing/canvas.ts'
import { board } from './drawing/ceramic.ts'
import { room, roomEnd } from './drawing/scene.ts'
import { drinks } from './drinks.ts'
import type { Picture } from './drinks.ts'
import { hot } from './hot.ts'
import { snacks } from './snacks.ts'

/** A picture of the menu without its room, to stand beside others. */
function dish(canvas: Canvas, draw: Picture | undefined, x: number, y: number, scale: number): string {
  if (!draw) throw new Error('A set needs a drawing that does not exist')
  const content = draw(canvas)
  return svg`<g transform="translate(${x} ${y}) scale(${scale})">${content.slice(content.indexOf(roomEnd) + roomEnd.length)}</g>`
}

const tray = (canvas: Canvas, colour = '#b98350'): string => board(canvas, 240, 366, 452, 150, colour)

export const sets: Record<string, Picture> = {
  'tea-for-two': canvas => room(canvas, { wall: '#efdcc8', horizon: 0.56 }) + tray(canvas)
    + dish(canvas, drinks['osmanthus-oolong-milk'], 150, 14, 0.74) + dish(canvas, drinks['pearl-milk-tea'], 6, 22, 0.74)
    + dish(canvas, snacks['egg-tart'], 176, 200, 0.56),

  'coffee-and-toast': canvas => room(canvas, { wall: '#ead9c2', horizon: 0.54 }) + tray(canvas, '#a8743f')
    + dish(canvas, hot['fresh-milk-latte'], 176, 72, 0.62) + dish(canvas, snacks['condensed-milk-toast'], -8, 140, 0.66),

  'fireside-tea': canvas => room(canvas, { wall: '#e8dcc6', horizon: 0.54 }) + tray(canvas, '#8f6238')
    + dish(canvas, hot['aged-white-tea'], 60, -6, 0.78) + dish(canvas, snacks['egg-tart'], -18, 210, 0.54)
    + dish(canvas, snacks['earl-grey-cookies'], 216, 206, 0.56),
}
