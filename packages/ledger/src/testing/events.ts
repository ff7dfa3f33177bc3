import { canonicalize, type PreparedEvent } from '@tidemark/event'

/** Event number `n`, prepared; the same number gives the same event. Some 890 bytes, of a few classes and persons. */
export function eventNumber(n: number, changes: Partial<PreparedEvent> = {}): PreparedEvent {
  const person = `user-${n % 50}`
  return {
    id: idNumber(n),
    service: 'billing',
    sequence: n % 3 === 0 ? n : undefined,
    retentionClass: CLASSES[n % CLASSES.length]!,
    person,
    ipKey: '00000000000000000000ffff0a000001',
    core: canonicalize({
      action: 'invoice.approve',
      actor: { id: person, role: 'approver', type: 'user' },
      category: 'financial',
      id: idNumber(n),
      level: 'info',
      outcome: 'success',
      resource: { id: `INV-${n}`, type: 'invoice' },
      session: { id: `s-${n % 1000}-0f3a7b21c4d9` },
      source: { environment: 'production', origin: 'http', service: 'billing' },
      specVersion: '1.0',
      time: '2025-01-15T09:00:00.000Z',
    }),
    personal: canonicalize({
      actor: { email: `${person}@example.com`, name: `Person ${n % 50}` },
      client: {
        ip: '10.0.0.1',
        userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36',
      },
    }),
    content: canonicalize({
      details: { amount: n, currency: 'EUR', memo: 'Quarterly licence, second instalment', note: 'Grüße', ok: true },
      message: 'AUDIT: invoice.approve',
    }),
    ...changes,
  }
}

/** The UUIDv7 of event number `n`. */
export function idNumber(n: number): string {
  const tail = n.toString(16).padStart(12, '0')
  return `01946a00-0000-7000-8000-${tail}`
}

const CLASSES = ['financial', 'data', 'authentication'] as const
