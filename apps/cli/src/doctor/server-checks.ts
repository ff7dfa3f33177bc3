import type { TidemarkClient } from '@tidemark/wire'
import { countOf, countText } from '../terminal/quantity.js'
import { type Check, type Diagnosis, fail, ok, skip, warn } from './check.js'

/** What a running server says about itself, without a key. */
export async function serverChecks(client: TidemarkClient | undefined, directory?: string): Promise<Check[]> {
  if (!client) {
    return [{ name: 'server', look: async () => warn('it is not running', `tidemark serve --data ${directory}`) }]
  }
  const server = { name: 'server', look: () => answers(client) }
  if ((await server.look()).status === 'fail') return [server]
  return [
    server,
    { name: 'intake', look: () => intake(client) },
    { name: 'index', look: () => index(client) },
    { name: 'quarantine', look: () => quarantine(client) },
  ]
}

async function answers(client: TidemarkClient): Promise<Diagnosis> {
  const startMs = performance.now()
  try {
    await client.call('health')
  } catch (error) {
    return fail((error as Error).message, 'check the address, or start the server: tidemark serve')
  }
  return ok(`${client.url} answers in ${Math.round(performance.now() - startMs)} ms`)
}

async function intake(client: TidemarkClient): Promise<Diagnosis> {
  const { intake } = await readiness(client)
  const remedy = 'look at the server’s log; a full or failing disk is the usual cause'
  return intake === 'ok' ? ok('takes events') : fail('refuses events; their senders keep them', remedy)
}

async function index(client: TidemarkClient): Promise<Diagnosis> {
  const { index, indexLag } = await readiness(client)
  const words = indexLag === 0 ? 'has everything' : `${countOf(indexLag, 'leaf', 'leaves')} behind`
  if (index === 'down')
    return fail(
      'does not answer; nothing is lost, questions are refused',
      'tidemark rebuild-index   (with the server stopped)',
    )
  return index === 'behind'
    ? warn(words, 'wait: it is catching up; if it does not, look at the server’s log')
    : ok(words)
}

async function quarantine(client: TidemarkClient): Promise<Diagnosis> {
  const metrics = await client.call('metrics')
  const figure = /^tidemark_quarantine_held (\d+)$/m.exec(metrics)?.[1]
  if (figure === undefined) return skip('the server does not say')
  const held = Number(figure)
  return held === 0 ? ok('empty') : warn(`${countText(held)} refused events wait`, 'tidemark quarantine list')
}

/** `GET /readyz` answers 503 with the same body when something is wrong. */
async function readiness(client: TidemarkClient): Promise<{ intake: string; index: string; indexLag: number }> {
  const response = await fetch(`${client.url}/readyz`)
  return (await response.json()) as { intake: string; index: string; indexLag: number }
}
