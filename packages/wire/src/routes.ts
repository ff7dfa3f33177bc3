import { administrationRoutes } from './routes-administration.js'
import { intakeRoutes } from './routes-intake.js'
import { integrityRoutes } from './routes-integrity.js'
import { questionRoutes } from './routes-questions.js'
import { systemRoutes } from './routes-system.js'

/** Every operation the server answers. Nothing else is served. */
export const routes = {
  ...intakeRoutes,
  ...questionRoutes,
  ...integrityRoutes,
  ...administrationRoutes,
  ...systemRoutes,
}

export type RouteId = keyof typeof routes
