// Tests that start the real command need dist/; everything else runs from source.
import { buildAll } from './build.mjs'

export default async function setup() {
  await buildAll()
}
