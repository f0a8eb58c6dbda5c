import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { allowNetwork } from '@slipway/testing'
import { expect, onTestFinished, test } from 'vitest'
import { Undeliverable } from './channel.ts'
import { smtp } from './smtp.ts'

/** A mail server that answers each command as told, and keeps what it is sent. */
async function mailServer(answers: Record<string, string> = {}) {
  const received: string[] = []
  const server = createServer((socket) => {
    let inData = false
    let buffered = ''
    socket.write('220 mail.test\r\n')
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      buffered += chunk.toString()
      for (let end = buffered.indexOf('\r\n'); end >= 0; end = buffered.indexOf('\r\n')) {
        const line = buffered.slice(0, end)
        buffered = buffered.slice(end + 2)
        received.push(line)
        if (inData && line !== '.') continue
        const verb = inData ? '.' : line.split(' ', 1)[0]!.toUpperCase()
        inData = verb === 'DATA'
        socket.write(`${answers[verb] ?? (inData ? '354 go on' : '250 done')}\r\n`)
        if (verb === 'QUIT') socket.end()
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`
  allowNetwork(url)
  const channel = smtp({ url, from: 'Shop <shop@example.com>', connections: 1 })
  onTestFinished(async () => {
    await channel.close()
    server.close()
  })
  return { channel, received }
}

const mail = {
  id: '01980000-0000-7000-9000-000000000001',
  address: 'jo@example.com',
  subject: 'Hello',
  text: 'T',
  html: '<p>T</p>',
}

test('a mail goes out with its id, which every attempt has', async () => {
  const { channel, received } = await mailServer()
  await channel.send(mail)
  const text = received.join('\n')
  expect(text).toContain('MAIL FROM:<shop@example.com>')
  expect(text).toContain('RCPT TO:<jo@example.com>')
  expect(text).toContain(`Message-ID: <${mail.id}@example.com>`)
  expect(text).toContain('Subject: Hello')
})

test.each([
  '550 no such user',
  '551 user not local',
  '553 mailbox name not allowed',
  '550 5.1.1 no such user',
  '550-5.1.1 no such user\r\n550 5.1.1 ask us why',
  '550 5.1.2 no such domain',
  '501 5.1.3 bad address',
  '551 5.1.6 moved',
  '556 5.1.10 the domain takes no mail',
])('an address that the server knows to be none is undeliverable: %s', async (RCPT) => {
  const { channel } = await mailServer({ RCPT })
  await expect(channel.send(mail)).rejects.toThrow(Undeliverable)
})

test.each([
  '450 later',
  '530 5.7.0 authentication required',
  '550 5.1.8 no such sender',
  '550 5.7.1 blocked by a list',
  '552 5.2.2 mailbox full',
  '552 mailbox full',
  '553 5.7.1 the sender is not yours',
  '554 5.7.1 relay access denied',
  '554 no',
])('what is no word about the address may be better later: %s', async (RCPT) => {
  const { channel } = await mailServer({ RCPT })
  const sent = channel.send(mail)
  await expect(sent).rejects.toThrow(RCPT)
  await expect(sent).rejects.not.toThrow(Undeliverable)
})

test('no header gets in through an address or a subject', async () => {
  const { channel, received } = await mailServer()
  await channel.send({ ...mail, subject: 'Hello\r\nBcc: all@example.com' }).catch(() => {})
  expect(received.filter((line) => /^(Bcc:|RCPT TO:<all)/i.test(line))).toEqual([])
})
