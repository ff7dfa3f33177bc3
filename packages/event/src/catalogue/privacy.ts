import { group } from './entry.js'

/** Personal data from collection to disposal. */
export const privacy = group({ category: 'privacy' }, [
  { action: 'privacy.notice.publish', title: 'Published a privacy notice', soc2: 'P1.1', iso: '5.34' },
  { action: 'consent.give', title: 'Gave consent', soc2: 'P2.1 P3.1', iso: '5.34' },
  { action: 'consent.withdraw', title: 'Withdrew consent', soc2: 'P2.1', iso: '5.34' },
  { action: 'personal_data.collect', title: 'Collected personal data', soc2: 'P3.1', iso: '5.34' },
  { action: 'personal_data.use', title: 'Used personal data for a purpose', soc2: 'P4.1', iso: '5.34' },
  { action: 'personal_data.read', title: 'Looked at personal data', soc2: 'P4.1 C1.1', iso: '5.34 8.3' },
  { action: 'personal_data.retain', title: 'Decided how long personal data stays', soc2: 'P4.2', iso: '5.34 5.33' },
  {
    action: 'personal_data.disclose',
    title: 'Disclosed personal data',
    soc2: 'P6.1 P6.2',
    iso: '5.34 5.14',
    iso2013: '13.2.1 18.1.4',
  },
  { action: 'personal_data.correct', title: 'Corrected personal data', soc2: 'P5.2', iso: '5.34' },
  { action: 'personal_data.export', title: 'Gave a person their data', soc2: 'P5.1', iso: '5.34' },
  {
    action: 'personal_data.erase',
    title: 'Erased personal data',
    soc2: 'P4.3 C1.2',
    iso: '5.34 8.10',
    privileged: true,
  },
  { action: 'subject_request.create', title: 'A person asked about their data', soc2: 'P5.1 P8.1', iso: '5.34' },
  { action: 'subject_request.complete', title: 'Answered a person about their data', soc2: 'P5.1 P8.1', iso: '5.34' },
  {
    action: 'privacy.breach.assess',
    title: 'Assessed a breach of personal data',
    soc2: 'P6.3 CC7.3',
    iso: '5.34 5.25',
  },
  {
    action: 'privacy.breach.notify',
    title: 'Told people or authorities of a breach',
    soc2: 'P6.6 CC7.4',
    iso: '5.34 5.5',
  },
])
