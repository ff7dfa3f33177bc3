import { services } from '../company/machines.js'
import { type Draft, resource } from '../draft.js'
import { colleague, type Scene, signedIn, workingMoment } from '../scene.js'

/** A person asks for their data or for its erasure; support takes it in, counsel decides, both within a month. */
export function privacyRequest(scene: Scene): Draft[] {
  const { company, estate, random } = scene
  const agent = colleague(scene, 'support')
  const counsel = company.who('privacyCounsel')
  const number = `DSR-${random.between(1_000, 9_999)}`
  const kind = random.chance(0.6) ? 'export' : 'erase'
  const request = resource('subject_request', number, { owner: 'legal', classification: 'restricted' })
  const subject = random.pick(estate.customer)
  const service = services.audit
  const details = {
    kind,
    subject: subject.id,
    regulation: 'GDPR',
    article: kind === 'export' ? '15' : '17',
    dueDays: 30,
  }
  const business = { department: 'Legal', ticket: number }
  const step = (
    person: typeof agent,
    action: string,
    laterDays: number,
    resourceJson: string,
    more: object = {},
  ): Draft => ({
    ...signedIn(person, random),
    at: workingMoment(scene, person, laterDays),
    action,
    outcome: 'success',
    service,
    resourceJson,
    details: { ...details, ...more },
    more: { business },
  })
  const answer = kind === 'export' ? 'personal_data.export' : 'personal_data.erase'
  return [
    step(agent, 'subject_request.create', 0, request, { channel: random.pick(['email', 'form', 'phone']) }),
    step(counsel, answer, 4, subject.json, { records: random.between(4, 260), identityVerified: true }),
    step(counsel, 'subject_request.complete', 5, request, { answered: true }),
  ]
}
