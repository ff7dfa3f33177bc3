import { asciiJson } from '../ascii-json.js'
import { type Office, offices } from '../calendar.js'
import type { Random } from '../random.js'
import { cast, departments, type Part, type Role } from './cast.js'
import { familyNames, givenNames } from './names.js'

/** Where the staff's mail goes: a name that can belong to nobody (RFC 2606). */
export const MAIL_DOMAIN = 'larkspur.example'

/** Someone who works at the company. */
export type Person = {
  readonly part?: Part
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly roles: readonly string[]
  readonly department: string
  readonly office: Office
  /** Whether a second factor is asked at sign-in. */
  readonly mfa: boolean
  /** The JSON text of `actor` in this person's events. */
  readonly actorJson: string
  /** JSON texts of `client`: the desk at the office first, then home and phone. */
  readonly clients: readonly string[]
}

/** `count` people: the cast first, then others drawn from the names, no two with the same mail address. */
export function hirePeople(count: number, random: Random): Person[] {
  const taken = new Set<string>()
  const people = cast.map((member) => {
    taken.add(mailOf(member.name))
    const office = offices.find((each) => each.city === member.city)
    if (!office) throw new RangeError(`no office in ${member.city}`)
    return person({ ...member, office, mfa: member.part !== 'supportAgent' }, random)
  })
  while (people.length < count) {
    const name = unusedName(taken, random)
    const { name: department, role } = random.weighted(departments)
    const office = random.weighted(offices)
    people.push(person({ name, role, roles: [role], department, office, mfa: random.chance(0.93) }, random))
  }
  return people
}

type Hire = Pick<Person, 'part' | 'name' | 'role' | 'roles' | 'department' | 'office' | 'mfa'>

function person(hire: Hire, random: Random): Person {
  const id = `usr_${random.hex8()}`
  const email = mailOf(hire.name)
  const actor = {
    id,
    type: 'user',
    role: hire.role,
    roles: hire.roles.length > 1 ? hire.roles : undefined,
    name: hire.name,
    email,
    department: hire.department,
  }
  return { ...hire, id, email, actorJson: asciiJson(actor), clients: clientsOf(hire.office, random) }
}

function clientsOf(office: Office, random: Random): string[] {
  const agent = random.pick(desktopAgents)
  const home = `198.${random.between(18, 19)}.${random.below(256)}.${random.between(1, 254)}`
  const desk = { ip: `${office.network}.${random.between(1, 8)}.${random.between(2, 250)}`, userAgent: agent }
  const away = random.chance(0.15)
    ? {
        ip: `2001:db8:${random.hex8().slice(0, 4)}:${random.between(1, 9)}::${random.between(2, 99)}`,
        userAgent: agent,
      }
    : { ip: home, userAgent: agent }
  const phone = { ip: home, userAgent: random.pick(phoneAgents) }
  return [desk, away, phone].map(asciiJson)
}

function unusedName(taken: Set<string>, random: Random): string {
  for (;;) {
    const name = `${random.pick(givenNames)} ${random.pick(familyNames)}`
    const email = mailOf(name)
    if (taken.has(email)) continue
    taken.add(email)
    return name
  }
}

function mailOf(name: string): string {
  const plain = name.normalize('NFD').replace(/[\u0300-\u036f]/g, '')
  return `${plain.toLowerCase().replaceAll(' ', '.')}@${MAIL_DOMAIN}`
}

const desktopAgents = [
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0',
]

const phoneAgents = [
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36',
]
