import type { Category } from '../schema/words.js'

/** `*.verb`, `noun.*` or `*`. */
export type CategoryRule = { readonly pattern: string; readonly category: Category }

const verbs = (category: Category, words: string): CategoryRule[] =>
  words.split(' ').map((word) => ({ pattern: `*.${word}`, category }))
const nouns = (category: Category, words: string): CategoryRule[] =>
  words.split(' ').map((word) => ({ pattern: `${word}.*`, category }))

/**
 * What kind of event an action is that the catalogue does not know. The first rule that fits decides; the last always fits.
 *
 * Reading comes first, whatever is read: `payment.get` is access to data, not a payment.
 */
export const categoryRules: readonly CategoryRule[] = [
  ...verbs('data_access', 'get read view list search query head download export access preview print share'),
  ...nouns('authentication', 'auth authentication session login logout mfa sso password passkey token'),
  ...nouns(
    'access_control',
    'user account service_account role permission privilege group team member access api_key oauth invitation',
  ),
  ...nouns(
    'configuration',
    'settings setting config configuration policy integration webhook firewall network dns certificate secret encryption_key feature_flag',
  ),
  ...nouns(
    'change_management',
    'change deployment release code repository branch pull_request commit pipeline build environment',
  ),
  ...nouns('system', 'system service server host node cluster container job backup recovery log'),
  ...nouns('security', 'security incident alert threat malware vulnerability intrusion anomaly dlp device'),
  ...nouns(
    'financial',
    'payment payout invoice transaction refund billing subscription price order tax payroll bank_account expense',
  ),
  ...nouns('privacy', 'privacy consent personal_data subject_request gdpr'),
  ...nouns(
    'business_process',
    'workflow approval task project ticket training employee vendor contract asset risk review',
  ),
  ...nouns('administration', 'admin tenant organization organisation tidemark'),
  ...verbs(
    'data_change',
    'create update delete post put patch insert upsert import restore archive move copy rename upload remove add set write edit replace',
  ),
  { pattern: '*', category: 'business_process' },
]
