/** `CreateDBSnapshot` → `create_db_snapshot`, `REST.GET.OBJECT` → `rest_get_object`: letters, digits and `_` only. */
export const snakeCase = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
