import { Random } from '../random.js'
import type { Part } from './cast.js'
import { installMachines, type Machines } from './machines.js'
import { hirePeople, type Person } from './people.js'

/** Everyone and everything that can act. The same seed and size give the same company. */
export type Company = {
  readonly name: string
  readonly people: readonly Person[]
  readonly machines: Machines
  /** The person a story calls by their part. */
  who(part: Part): Person
}

/** Larkspur, a payments company with offices in four time zones; at least 13 people, the cast of its stories. */
export function foundCompany(seed: string, size: number): Company {
  const random = new Random(`${seed}/company`)
  const people = hirePeople(size, random.fork('people'))
  const byPart = new Map(people.flatMap((person) => (person.part ? [[person.part, person] as const] : [])))
  return {
    name: 'Larkspur',
    people,
    machines: installMachines(size, random.fork('machines')),
    who(part) {
      const person = byPart.get(part)
      if (!person) throw new RangeError(`nobody plays ${part}`)
      return person
    },
  }
}
