const people = ['ada', 'ben', 'carla', 'dmitri']
const acts = [
  { action: 'auth.login', resource: { type: 'session', id: 'list' } },
  { action: 'role.update', resource: { type: 'role', id: 'r-1', name: 'Operators' } },
  { action: 'document.read', resource: { type: 'document', id: 'd-7' } },
  { action: 'auth.logout', resource: { type: 'session', id: 'list' } },
]
const outcomes = ['success', 'success', 'denied', 'success', 'failure']

/**
 * `count` plain events, three hours apart through February 2025 and again from its start, whose values repeat with
 * different periods.
 */
export function sampleEvents(count: number, from = 0): object[] {
  return Array.from({ length: count }, (_, n) => sampleEvent(from + n))
}

function sampleEvent(n: number): object {
  const person = people[n % people.length]!
  return {
    ...acts[n % acts.length],
    time: new Date(Date.UTC(2025, 1, 1) + (n % 224) * 3 * 3_600_000).toISOString(),
    outcome: outcomes[n % outcomes.length],
    actor: { id: person, role: n % 7 === 0 ? 'Admin' : 'Engineer', email: `${person}@example.com` },
    client: { ip: `10.0.0.${n % 3}` },
    details: { attempt: n, geo: { country: n % 2 === 0 ? 'DE' : 'FR' } },
  }
}
