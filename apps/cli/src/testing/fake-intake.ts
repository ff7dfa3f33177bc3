import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { IngestAnswer, IngestResult } from '@tidemark/wire'

/** What a fake intake does with the request of this number, from 0: answer it, or fail as a real one might. */
export type Behaviour = (request: number) => 'answer' | 'busy' | 'hang up' | 'land and hang up' | 'refuse'

/** An intake that keeps lines by their `id`, for tests of what sends to it. Lines with `"bad":true` are quarantined. */
export class FakeIntake {
  readonly lines = new Map<string, string>()
  requests = 0
  /** Query and body of every request that was answered. */
  readonly parameters: string[] = []
  readonly bodies: string[] = []
  private readonly server: Server

  private constructor(private behave: Behaviour) {
    this.server = createServer(async (request, response) => {
      const number = this.requests++
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const behaviour = this.behave(number)
      if (behaviour === 'hang up') return request.socket.destroy()
      if (behaviour === 'busy' || behaviour === 'refuse') {
        const [status, code] = behaviour === 'busy' ? [503, 'overloaded'] : [403, 'missing_scope']
        const problem = {
          type: '',
          title: '',
          status,
          detail: 'no',
          code,
          reference: 'r',
          ...(status === 503 && { retryAfterSeconds: 0.01 }),
        }
        return response
          .writeHead(status as number, { 'content-type': 'application/problem+json' })
          .end(JSON.stringify(problem))
      }
      this.parameters.push(request.url ?? '')
      this.bodies.push(Buffer.concat(chunks).toString())
      const answer = this.take(Buffer.concat(chunks).toString())
      if (behaviour === 'land and hang up') return request.socket.destroy()
      return response.setHeader('content-type', 'application/json').end(JSON.stringify(answer))
    })
  }

  static async start(behave: Behaviour = () => 'answer'): Promise<FakeIntake> {
    const intake = new FakeIntake(behave)
    await new Promise<void>((resolve) => intake.server.listen(0, '127.0.0.1', resolve))
    return intake
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  behaveAs(behave: Behaviour): void {
    this.behave = behave
    this.requests = 0
  }

  stop(): void {
    this.server.closeAllConnections()
    this.server.close()
  }

  private take(body: string): IngestAnswer {
    const results: IngestResult[] = []
    const counts = { stored: 0, duplicates: 0, conflicts: 0, quarantined: 0 }
    body
      .split('\n')
      .filter(Boolean)
      .forEach((line, index) => {
        const { bad, event, id = event?.id } = tryJson(line)
        if (bad || id === undefined) {
          counts.quarantined += 1
          results.push({
            index,
            status: 'quarantined',
            problem: { code: 'missing_field', pointer: '/action', reason: 'expected an action' },
          })
        } else if (this.lines.has(id)) counts.duplicates += 1
        else {
          counts.stored += 1
          this.lines.set(id, line)
        }
      })
    return { ...counts, treeSize: this.lines.size + 1, results }
  }
}

function tryJson(text: string): { id?: string; bad?: boolean; event?: { id?: string } } {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
