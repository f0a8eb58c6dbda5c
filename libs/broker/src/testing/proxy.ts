import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A TCP relay before a server, so that a test can break the network between. */
export class Proxy implements AsyncDisposable {
  readonly #sockets = new Set<Socket>()
  readonly #target: { host: string; port: number }
  readonly #server = createServer((socket) => this.#accept(socket))
  /** Sees what clients send, before it goes on. */
  onRequest: (data: Buffer) => void = () => {}
  #up = true
  #frozen = false

  private constructor(target: { host: string; port: number }) {
    this.#target = target
  }

  /** @returns the proxy and the address that leads through it */
  static async before(url: string, defaultPort: number): Promise<{ proxy: Proxy; url: string }> {
    const address = new URL(url)
    const proxy = new Proxy({ host: address.hostname, port: Number(address.port || defaultPort) })
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve))
    address.hostname = '127.0.0.1'
    address.port = String((proxy.#server.address() as AddressInfo).port)
    return { proxy, url: address.href }
  }

  /** Cuts all connections and refuses new ones until `restore`. */
  cut(): void {
    this.#up = false
    for (const socket of this.#sockets) socket.destroy()
  }

  restore(): void {
    this.#up = true
  }

  /** Lets nothing of the server's answers through until the next `cut`. */
  muteServer(): void {
    this.#frozen = true
  }

  /** Forwards nothing more on the connections that there are and closes none, as when a peer vanishes. */
  freeze(): void {
    for (const socket of this.#sockets) socket.pause()
  }

  async [Symbol.asyncDispose]() {
    this.cut()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #accept(socket: Socket): void {
    if (!this.#up) return void socket.destroy()
    this.#frozen = false
    const upstream = connect(this.#target)
    socket.on('data', (data) => {
      this.onRequest(data)
      upstream.write(data)
    })
    upstream.on('data', (data) => this.#frozen || socket.write(data))
    for (const [one, other] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      this.#sockets.add(one)
      one.on('error', () => {})
      one.on('close', () => {
        this.#sockets.delete(one)
        other.destroy()
      })
    }
  }
}
