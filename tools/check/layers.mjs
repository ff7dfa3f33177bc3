// Which package may import which. Imports point down the list of rooms in the architecture.

/** The packages each package may import. A package that is not named here may not exist. */
export const mayImport = {
  event: [],
  proof: [],
  wire: ['event'],
  query: ['event'],
  formats: ['event'],
  ledger: ['event', 'proof'],
  verify: ['proof'],
  store: ['event', 'query'],
  'store-duckdb': ['event', 'query', 'store'],
  simulate: ['event'],
  server: ['event', 'proof', 'wire', 'query', 'formats', 'ledger', 'store', 'store-duckdb'],
  cli: ['event', 'proof', 'wire', 'query', 'formats', 'ledger', 'verify', 'simulate', 'server'],
}

/** Packages that do no I/O and read no clock: everything they need comes in as an argument. */
export const purePackages = ['event', 'proof', 'query', 'formats']

/** Where a package's code is. */
export const folderOf = (name) => (name === 'server' || name === 'cli' ? `apps/${name}` : `packages/${name}`)
