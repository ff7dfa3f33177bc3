/** The tenant a log belongs to: `acme` for both `acme` and `acme/_audit`. */
export const tenantOf = (log: string): string => log.split('/', 1)[0]!
