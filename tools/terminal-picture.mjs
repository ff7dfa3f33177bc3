// Draws the README's picture: runs commands of the tour against a running sample server and photographs the terminal.
//   source tidemark-data/demo.env && node tools/terminal-picture.mjs docs/images/tour.png
// Needs chromium and util-linux' script(1). The folder it runs in must be one where `npm start` is running.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const target = resolve(process.argv[2] ?? 'docs/images/tour.png')
const commands = [
  "tidemark search 'service:audit AND outcome:denied AND time:>7d' --limit 6",
  "tidemark search 'actor_role:admin AND time:>30d | top 5 action'",
  'tidemark verify tidemark-data',
]
const columns = 116
const ESC = String.fromCharCode(27)
const folder = mkdtempSync(join(tmpdir(), 'tidemark-picture-'))
try {
  const shown = commands.map((command) => {
    const run = `stty cols ${columns} rows 60; npx ${command}`
    const output = execFileSync('script', ['-qec', run, '/dev/null'], {
      encoding: 'utf8',
      env: { ...process.env, npm_config_loglevel: 'silent' },
    })
    return `<b class="prompt">$</b> npx ${escapeHtml(command)}\n${htmlOf(output)}`
  })
  const page = join(folder, 'terminal.html')
  writeFileSync(page, pageOf(shown.join('\n')))
  photograph(page)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function photograph(page) {
  const lines = 46
  execFileSync('chromium', [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--force-device-scale-factor=2',
    '--hide-scrollbars',
    `--user-data-dir=${folder}/profile`,
    `--window-size=1060,${lines * 19 + 60}`,
    `--screenshot=${target}`,
    `file://${page}`,
  ])
}

/** Text with SGR colours as HTML; cursor movements are dropped. */
function htmlOf(text) {
  let open = 0
  const close = () => '</span>'.repeat(open)
  const html = escapeHtml(asLeftOnScreen(text))
    .replace(new RegExp(`${ESC}\\[[0-9;]*[A-HJKSTfhl]`, 'g'), '')
    .replace(new RegExp(`${ESC}\\[([0-9;]*)m`, 'g'), (_, codes) => {
      const names = codes.split(';').map((code) => `s${Number(code || 0)}`)
      if (names.some((name) => /^s(0|22|39)$/.test(name))) {
        const ended = close()
        open = 0
        return ended
      }
      open += 1
      return `<span class="${names.join(' ')}">`
    })
  return html + close()
}

/** What overwrote itself, such as progress, leaves only its last state. */
function asLeftOnScreen(text) {
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  return lines.map((line) => line.split('\r').at(-1)).join('\n')
}

function escapeHtml(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

function pageOf(body) {
  return `<!doctype html><meta charset="utf-8"><style>
  body { margin: 0; background: #11161d; color: #d5dce4; }
  pre { margin: 28px 32px; font: 13.5px/19px "DejaVu Sans Mono", "Liberation Mono", monospace; }
  .prompt { color: #6c7a89; }
  .s1 { font-weight: bold; color: #fff; } .s2, .s90 { color: #7d8a99; } .s31 { color: #f07178; } .s32 { color: #7fd08b; }
  .s33 { color: #e6b450; } .s34, .s36 { color: #6cb6ff; }
  </style><pre>${body}</pre>`
}
