/** One line in a sheet where pieces are chosen whose money goes back. */
export interface RefundRow {
  place: number
  name: string
  pieces: number
  max: number
  /** Its goods can come back to the shelf / are there again. */
  isShelf: boolean
  isReturned: boolean
}
