import { Html, html } from './html.ts'
import { style, styleHash } from './style.ts'

const bankMark = html`<svg viewBox="0 0 28 28" aria-hidden="true">
  <rect width="28" height="28" rx="8" fill="#2455e6" />
  <path d="M14 6 6 10.5V12h16v-1.5zM8 13.5v5h2.4v-5zm4.8 0v5h2.4v-5zm4.8 0v5H20v-5zM6.5 20v2h15v-2z" fill="#fff" />
</svg>`

/** Not in a template: the hash is of every blank in it. */
const styleTag = new Html(`<style>${style}</style>`)

/** A whole document. `main` is one element with its class. */
export function document(title: string, main: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · Sandbox Bank</title>
        <link rel="icon" href="data:," />
        ${styleTag}
      </head>
      <body>
        <div class="shell">
          <header class="bar">
            <span class="bank">${bankMark} Sandbox Bank</span>
            <span class="mode">Test mode</span>
          </header>
          ${main}
          <footer class="foot">Sandbox Bank plays a payment provider for development. Nothing here is real.</footer>
        </div>
      </body>
    </html>`.text
}

/**
 * Nothing but this document, its style and its forms. Browsers check `form-action` along redirects too, so a form that
 * ends at the merchant names the merchant’s origin.
 */
export function contentSecurityPolicy(returnUrl?: string): string {
  const targets = ["'self'", ...(returnUrl === undefined ? [] : [new URL(returnUrl).origin])]
  return [
    "default-src 'none'",
    `style-src ${styleHash}`,
    'img-src data:',
    `form-action ${targets.join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
