import { type Html, html } from './html.js'
import { page } from './page.js'

/** What the first page shows. Sizes are leaves; ages are milliseconds. */
export type InstallationState = {
  readonly version: string
  readonly url: string
  readonly intake: 'ok' | 'refusing'
  readonly index: 'ok' | 'behind' | 'down' | 'off'
  readonly indexLag: number
  readonly treeSize: number
  readonly checkpointAgeMs: number | undefined
  /** Since this process started. */
  readonly stored: number
  readonly held: number
  /** Only when logs are public: their names tell who the tenants are. */
  readonly logs: readonly LogSummary[] | undefined
}

export type LogSummary = {
  readonly path: string
  readonly origin: string
  readonly treeSize: number
  readonly signedSize: number
  readonly checkpointAgeMs: number | undefined
}

/** The page at `/`: what the state is, how to send a first event, where to go on. */
export function homePage(state: InstallationState): string {
  const isGood = state.intake === 'ok' && state.index !== 'down'
  const headline = isGood ? 'Taking events, and proving them.' : 'Something needs attention.'
  return page(
    'Tidemark',
    'home',
    html`
<h1>${headline}</h1>
<p class="lead">An audit trail that proves itself. Every stored event is a leaf of a signed, append-only log: anyone who has the files can check that nothing was changed or removed.</p>
<dl class="figures">
${figure('Leaves in the ledger', count(state.treeSize), 'all logs together')}
${figure('Stored since start', count(state.stored), state.held > 0 ? `${count(state.held)} held in quarantine` : 'none in quarantine')}
${figure('Last checkpoint', age(state.checkpointAgeMs), 'oldest of all logs', state.checkpointAgeMs === undefined ? 'warn' : undefined)}
${figure('Index', indexWords(state), indexNote(state), state.index === 'ok' ? 'good' : state.index === 'off' ? undefined : 'warn')}
${figure('Intake', state.intake === 'ok' ? 'Open' : 'Refusing', state.intake === 'ok' ? 'events are made durable' : 'senders are told to retry', state.intake === 'ok' ? 'good' : 'bad')}
</dl>
<section>
<h2>Send a first event</h2>
<p>Create a key on the machine that runs the server, then send who did what, to which resource, and how it ended.</p>
<pre><code>export TIDEMARK_KEY=$(npx tidemark key create --scopes write,read)

curl ${state.url}/v1/events \\
  -H "Authorization: Bearer $TIDEMARK_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"action":"auth.login","outcome":"success",
       "actor":{"id":"u-17","email":"ada@example.com","role":"admin"},
       "resource":{"type":"session","id":"N/A"}}'</code></pre>
</section>
${state.logs && logTable(state.logs)}
<section>
<h2>Go on from here</h2>
<ul class="links">
<li><a href="/docs">API reference</a><span>Every address, its parameters and its refusals</span></li>
<li><a href="/openapi.json">openapi.json</a><span>The same for machines, OpenAPI 3.1</span></li>
<li><a href="/schema/event.json">schema/event.json</a><span>JSON Schema of an event</span></li>
<li><a href="/metrics">metrics</a><span>Figures for Prometheus</span></li>
<li><a href="/readyz">readyz</a><span>Whether events are taken, for load balancers</span></li>
</ul>
</section>
<footer><p>Tidemark ${state.version}. State as of the moment this page was asked for.</p></footer>`,
  )
}

function figure(name: string, value: string, note: string, tone?: 'good' | 'warn' | 'bad'): Html {
  return html`<div class="figure${tone ? ` ${tone}` : ''}"><dt>${name}</dt><dd><strong>${value}</strong><span>${note}</span></dd></div>`
}

function logTable(logs: readonly LogSummary[]): Html {
  const rows = logs.map(
    (log) => html`<tr>
<th scope="row"><code>${log.origin}</code></th>
<td class="number">${count(log.treeSize)}</td>
<td class="number wide">${count(log.signedSize)}</td>
<td class="wide">${age(log.checkpointAgeMs)}</td>
<td><a href="/t/${log.path}/checkpoint">checkpoint</a></td>
</tr>`,
  )
  return html`<section>
<h2>Integrity files</h2>
<p>Signed checkpoints and tiles in the C2SP tlog-tiles layout. Any transparency-log client works against them.</p>
<div class="scroll"><table>
<thead><tr><th scope="col">Log</th><th scope="col" class="number">Leaves</th><th scope="col" class="number wide">Signed</th><th scope="col" class="wide">Checkpoint</th><th scope="col">File</th></tr></thead>
<tbody>${rows}</tbody>
</table></div>
</section>`
}

function indexWords({ index, indexLag }: InstallationState): string {
  if (index === 'off') return 'Off'
  if (index === 'down') return 'Down'
  return indexLag === 0 ? 'Current' : `${count(indexLag)} behind`
}

function indexNote({ index }: InstallationState): string {
  if (index === 'off') return 'this process only takes events'
  if (index === 'down') return 'questions wait; nothing is lost'
  return 'every stored event can be found'
}

const count = (value: number) => value.toLocaleString('en-US')

/** `4 s ago`; `none yet` for undefined. */
function age(ms: number | undefined): string {
  if (ms === undefined) return 'None yet'
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 120) return `${seconds} s ago`
  if (seconds < 7200) return `${Math.round(seconds / 60)} min ago`
  return `${Math.round(seconds / 3600)} h ago`
}
