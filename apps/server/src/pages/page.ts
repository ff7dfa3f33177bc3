import { type Html, html } from './html.js'

/** What a browser may do with our pages: nothing from elsewhere, no scripts, no frames. */
export const pageHeaders = {
  'content-security-policy':
    "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
}

type Place = 'home' | 'docs'

/** A whole page: head, bar on top, content. */
export function page(title: string, place: Place, content: Html): string {
  const link = (to: Place, href: string, words: string) =>
    to === place ? html`<a href="${href}" aria-current="page">${words}</a>` : html`<a href="${href}">${words}</a>`
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="/style.css">
<link rel="icon" href="/icon.svg">
</head>
<body class="${place}">
<header class="bar"><div class="wrap">
<a class="brand" href="/"><span class="mark" aria-hidden="true"></span>Tidemark</a>
<nav aria-label="Main">${link('home', '/', 'State')}${link('docs', '/docs', 'API')}<a href="/openapi.json">OpenAPI</a></nav>
</div></header>
<main class="wrap">
${content}
</main>
</body>
</html>
`.text
}
