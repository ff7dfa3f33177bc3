// Changes one byte in the newest entry bundle of a backup, as someone who wants to rewrite history would have to.
// Use: node examples/flip-one-byte.mjs <backup directory>
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const directory = process.argv[2]
if (directory === undefined) {
  console.error('Use: node examples/flip-one-byte.mjs <backup directory>')
  process.exit(2)
}
const tenant = readdirSync(join(directory, 'logs'))[0]
const bundles = join(directory, 'logs', tenant, 'main', 'tile', 'entries')
const path = readdirSync(bundles, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .sort()
  .at(-1)
const bytes = readFileSync(path)
const place = bytes.lastIndexOf('"c":"') + 10
const before = String.fromCharCode(bytes[place])
bytes[place] = before === 'A' ? 66 : 65
writeFileSync(path, bytes)
console.log(`Byte ${place} of ${path}: ${before} became ${String.fromCharCode(bytes[place])}`)
