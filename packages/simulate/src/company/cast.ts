/** A person the incidents and approvals are about; everyone else is drawn from the names. */
export type CastMember = {
  readonly part: Part
  readonly name: string
  readonly role: Role
  readonly roles: readonly string[]
  readonly department: string
  readonly city: string
}

/** The name under which the stories know a person. */
export type Part =
  | 'securityLead'
  | 'platformAdmin'
  | 'databaseEngineer'
  | 'contractor'
  | 'supportAgent'
  | 'leavingAnalyst'
  | 'releaseManager'
  | 'operationsEngineer'
  | 'headOfPeople'
  | 'controller'
  | 'privacyCounsel'
  | 'externalAuditor'
  | 'identityAdmin'

/** What someone may do; the value of `actor.role`. */
export type Role = 'admin' | 'engineer' | 'support' | 'finance' | 'hr' | 'sales' | 'analyst' | 'legal' | 'auditor'

export const cast: readonly CastMember[] = [
  {
    part: 'securityLead',
    name: 'Ingrid Solheim',
    role: 'admin',
    roles: ['admin', 'security'],
    department: 'Security',
    city: 'Amsterdam',
  },
  {
    part: 'platformAdmin',
    name: 'Mateus Carvalho',
    role: 'admin',
    roles: ['admin', 'on-call'],
    department: 'Platform',
    city: 'London',
  },
  {
    part: 'databaseEngineer',
    name: 'Priya Raghavan',
    role: 'engineer',
    roles: ['engineer', 'database', 'on-call'],
    department: 'Platform',
    city: 'Bengaluru',
  },
  {
    part: 'contractor',
    name: 'Tobias Brandt',
    role: 'engineer',
    roles: ['engineer', 'contractor'],
    department: 'Payments',
    city: 'Amsterdam',
  },
  {
    part: 'supportAgent',
    name: 'Hannah Whitlock',
    role: 'support',
    roles: ['support'],
    department: 'Support',
    city: 'London',
  },
  {
    part: 'leavingAnalyst',
    name: 'Devon Marsh',
    role: 'analyst',
    roles: ['analyst'],
    department: 'Sales',
    city: 'New York',
  },
  {
    part: 'releaseManager',
    name: 'Yuki Tanabe',
    role: 'engineer',
    roles: ['engineer', 'release'],
    department: 'Payments',
    city: 'Amsterdam',
  },
  {
    part: 'operationsEngineer',
    name: 'Laura Méndez',
    role: 'engineer',
    roles: ['engineer', 'backup', 'on-call'],
    department: 'Platform',
    city: 'New York',
  },
  {
    part: 'headOfPeople',
    name: 'Claire Dubois',
    role: 'hr',
    roles: ['hr', 'approver'],
    department: 'People',
    city: 'Amsterdam',
  },
  {
    part: 'controller',
    name: 'Samuel Adeyemi',
    role: 'finance',
    roles: ['finance', 'approver'],
    department: 'Finance',
    city: 'London',
  },
  {
    part: 'privacyCounsel',
    name: 'Ruth Feldman',
    role: 'legal',
    roles: ['legal', 'privacy'],
    department: 'Legal',
    city: 'New York',
  },
  {
    part: 'externalAuditor',
    name: 'Anneke de Vries',
    role: 'auditor',
    roles: ['auditor', 'external'],
    department: 'Audit',
    city: 'Amsterdam',
  },
  {
    part: 'identityAdmin',
    name: 'Oliver Grant',
    role: 'admin',
    roles: ['admin', 'identity'],
    department: 'IT',
    city: 'London',
  },
]

/** Which departments the rest of the staff work in, and as what; `weight` is the share of people. */
export const departments: readonly { name: string; role: Role; weight: number }[] = [
  { name: 'Payments', role: 'engineer', weight: 14 },
  { name: 'Platform', role: 'engineer', weight: 10 },
  { name: 'Data', role: 'analyst', weight: 7 },
  { name: 'Support', role: 'support', weight: 24 },
  { name: 'Finance', role: 'finance', weight: 11 },
  { name: 'People', role: 'hr', weight: 6 },
  { name: 'Sales', role: 'sales', weight: 17 },
  { name: 'Legal', role: 'legal', weight: 3 },
  { name: 'IT', role: 'admin', weight: 5 },
  { name: 'Audit', role: 'auditor', weight: 2 },
]
