import { request } from 'node:http'

const usual = 'unix:///var/run/docker.sock'
const patienceMs = 2_000

/** Whether a Docker engine answers where DOCKER_HOST says, or at its usual place. */
export function dockerAnswers(address = process.env['DOCKER_HOST'] ?? usual): Promise<boolean> {
  const { protocol, hostname, port, pathname } = new URL(address)
  const place = protocol === 'unix:' ? { socketPath: pathname } : { host: hostname, port }
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const ping = request({ ...place, path: '/_ping', timeout: patienceMs }, (response) => {
    response.resume()
    resolve(response.statusCode === 200)
  })
  ping.on('error', () => resolve(false))
  ping.on('timeout', () => ping.destroy())
  ping.end()
  return promise
}
