/** JSON pointers of what only the server sets. A restored event has them; an event that is sent must not. */
export const serverFields: ReadonlySet<string> = new Set([
  '/tenant',
  '/log',
  '/index',
  '/receivedAt',
  '/risk',
  '/raw',
  '/client/geo',
  '/client/device',
])
