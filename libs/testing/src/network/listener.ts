import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

/** For a server of tests that answers asynchronously: whom a caller or the end of a test leaves half way, it hangs up on. */
export const listener =
  (answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>): RequestListener =>
  (request, response) =>
    void answer(request, response).catch(() => response.destroy())
