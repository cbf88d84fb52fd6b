import { readLanguage } from './language'
import { localPlaces, placeNear } from './localPlaces'
import { openLocalSheet } from './localSheet'
import type { ChosenPlace } from './surroundings'

/** A sheet with a few places instead of WeChat's map, which is not to be had without network and key. Null when it is left. */
export function chooseLocalPlace(near: { latitude: number, longitude: number }): Promise<ChosenPlace | null> {
  const title = readLanguage() === 'zh' ? '在地图上选一个位置' : 'Choose a place on the map'
  return openLocalSheet('local-map', title, localPlaces.map(place => ({
    text: place.name,
    hint: place.address,
    value: placeNear(near, place),
  })))
}
