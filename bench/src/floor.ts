import { createServer } from 'node:http'

// The floor: what Node alone does with these bodies, nothing kept, nothing checked.
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    let parsed = 0
    for (const line of Buffer.concat(chunks).toString('utf8').split('\n')) {
      if (line === '') continue
      JSON.parse(line)
      parsed += 1
    }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ parsed }))
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the floor server has no port')
  process.send?.({ port: address.port })
})
process.on('disconnect', () => process.exit(0))
