import { formatMeters } from './distance'
import { formatFen } from './money'
import { formatSlot } from './time'
import type { Messages } from './zh'
import type { Localized } from '@contracts/catalog.ts'
import type { Obstacle } from '@contracts/fulfilment.ts'

/** What stands in the way of an order, and what helps. The merchant's own reason comes first, where there is one. */
export function obstacleText(obstacle: Obstacle, t: Messages, localized?: (text: Localized) => string): string {
  const words = t.obstacles
  switch (obstacle.kind) {
    case 'StoreClosed': {
      if (obstacle.because && localized) return localized(obstacle.because)
      if (obstacle.opensAtMs === null) return words.closed
      const time = formatSlot(obstacle.opensAtMs, Date.now(), t)
      return obstacle.mayPreorder ? words.preorder({ time }) : words.closedUntil({ time })
    }
    case 'WayNotOffered': return words.wayNotOffered({ way: t.ways[obstacle.way] })
    case 'SlotGone': return words.slotGone
    case 'SlotFull': {
      const [next] = obstacle.freeSlots
      return next === undefined ? t.kitchen.full : t.kitchen.fullUntil({ time: formatSlot(next, Date.now(), t) })
    }
    case 'StorePaused': return t.kitchen.paused({ time: formatSlot(obstacle.untilMs, Date.now(), t) })
    case 'AddressNeeded': return words.addressNeeded
    case 'NotDeliverable': return obstacle.because && localized ? localized(obstacle.because) : words.notDeliverable
    case 'PlaceNeeded': return words.placeNeeded
    case 'OutOfRange': return words.outOfRange({ away: formatMeters(obstacle.meters, t), range: formatMeters(obstacle.rangeMeters, t) })
    case 'BelowMinimum': return words.belowMinimum({ minimum: formatFen(obstacle.minimumFen), missing: formatFen(obstacle.missingFen) })
  }
}
