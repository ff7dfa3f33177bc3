export type { Company } from './company/company.js'
export type { Person } from './company/people.js'
export type { Incident } from './incident/incidents.js'
export {
  type Simulation,
  simulateBatches,
  simulatedCompany,
  simulatedIncidents,
  simulateEvents,
  simulateLines,
} from './simulate.js'
