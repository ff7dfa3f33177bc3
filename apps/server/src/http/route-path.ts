/** Fits the addresses of a route written as in the table: `/v1/events/{id}`, `/t/{tenant}/tile/{+path}`. */
export function pathMatcher(path: string): RegExp {
  const source = path
    .split(/(\{\+?[^}]+\})/)
    .map((piece) => (piece.startsWith('{+') ? '.+' : piece.startsWith('{') ? '[^/]+' : piece.replace(/[.]/g, '\\.')))
    .join('')
  return new RegExp(`^${source}$`)
}
