import type { Machine } from '../machine.ts'

export type IncidentState = 'Open' | 'Resolved'

export const incidentMachine: Machine<IncidentState> = {
  name: 'incident',
  initial: 'Open',
  edges: { Open: { Resolved: 'the owner has looked and written down what was done, or the bill came after all' }, Resolved: {} },
}
