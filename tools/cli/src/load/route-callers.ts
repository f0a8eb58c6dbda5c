import type { Http, Sent } from './http.ts'
import type { Visit, Visitors } from './visit.ts'

/** Callers of one route: a visit is one request. */
export class RouteCallers implements Visitors {
  readonly #http: Http
  readonly #sent: Sent

  constructor(http: Http, sent: Sent) {
    this.#http = http
    this.#sent = sent
  }

  async gather(count: number): Promise<Visit[]> {
    return Array.from({ length: count }, (): Visit => async (measurements) => {
      await this.#http.send(this.#sent, measurements)
    })
  }
}
