import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { generate } from 'selfsigned'
import { expect, onTestFinished, test } from 'vitest'
import type { Tls } from '../client-options.ts'
import { UpstreamUnavailable } from '../errors.ts'
import { json, observe, TestClient } from '../testing/setup.ts'

const named = (name: string) => [{ name: 'commonName', value: name }]

async function authority(name: string) {
  const { private: key, cert } = await generate(named(name), {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
  return { key, cert }
}

async function issued(ca: { key: string; cert: string }, name: string, host = '127.0.0.1') {
  const { private: key, cert } = await generate(named(name), {
    keyType: 'ec',
    algorithm: 'sha256',
    ca,
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: host }] },
    ],
  })
  return { key, cert }
}

const [ours, theirs] = await Promise.all([authority('ours'), authority('theirs')])
const [server, acquiring, stranger] = await Promise.all([
  issued(ours, 'cart'),
  issued(ours, 'acquiring'),
  issued(theirs, 'stranger'),
])

/** A server that lets in only who shows a certificate of our authority, and remembers their names. */
async function cart(certificate = server) {
  const seen: unknown[] = []
  const https = createServer(
    { ...certificate, ca: ours.cert, requestCert: true, rejectUnauthorized: true },
    (request, response) => {
      seen.push((request.socket as TLSSocket).getPeerCertificate().subject.CN)
      json(response, 200, { id: '1' })
    },
  ).listen(0, '127.0.0.1')
  await once(https, 'listening')
  onTestFinished(() => {
    https.closeAllConnections()
    https.close()
  })
  const baseUrl = `https://127.0.0.1:${(https.address() as AddressInfo).port}`
  const client = (tls?: Tls) => {
    const made = new TestClient({ name: 'cart', baseUrl, observability: observe().observability, retries: 0, tls })
    onTestFinished(() => made.close())
    return made
  }
  return { seen, client }
}

test('both sides show a certificate of our own authority', async () => {
  const { seen, client } = await cart()
  await expect(client({ ca: ours.cert, ...acquiring }).item()).resolves.toEqual({ id: '1' })
  expect(seen).toEqual(['acquiring'])
})

test.each<[string, Tls | undefined]>([
  ['that shows no certificate', { ca: ours.cert }],
  ['that shows one of another authority', { ca: ours.cert, ...stranger }],
  ['that does not know the server’s authority', { ca: theirs.cert, ...acquiring }],
  ['that knows public authorities only', undefined],
])('a client %s gets no further than a 503', async (_, tls) => {
  const { seen, client } = await cart()
  await expect(client(tls).item()).rejects.toThrow(UpstreamUnavailable)
  expect(seen).toEqual([])
})

test('a server under the name of another is not believed', async () => {
  const { seen, client } = await cart(await issued(ours, 'files', '192.0.2.1'))
  await expect(client({ ca: ours.cert, ...acquiring }).item()).rejects.toThrow(UpstreamUnavailable)
  expect(seen).toEqual([])
})
