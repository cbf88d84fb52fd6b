import { onHide, onShow } from '@dcloudio/uni-app'
import { routes } from '@/platform/routes'
import { useTable } from '@/stores/table'
import { useTicker } from './useTicker'
import { useTableNews } from './useTableNews'

/** What one at the table does, the others see within two seconds. */
export const tablePollMs = 1500

/** The menu at a table: it looks what the others do, and leads to the table's page where something has to be said first. */
export function useTableAtMenu() {
  const table = useTable()
  let isInFront = false
  let ledFor = ''

  function lead(): void {
    const { sitting, failure, isOver } = table
    const why = isOver ? 'over' : failure && !sitting ? failure.code : sitting?.state === 'Waiting' || sitting?.people === null ? sitting.state : ''
    const key = why && `${why} ${table.seat?.linkId} ${sitting?.id}`
    if (!isInFront || why === '' || key === ledFor || why === 'Offline') return
    ledFor = key
    void routes.table()
  }

  async function look(): Promise<void> {
    if (!table.isHere) return
    await table.look()
    lead()
  }

  onShow(() => {
    isInFront = true
    void look()
  })
  onHide(() => { isInFront = false })
  useTicker(tablePollMs, () => void look())
  useTableNews(() => isInFront)

  return table
}
