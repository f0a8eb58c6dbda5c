/** One page with links to everything that runs here. */
export function landingPage(services: readonly string[]): string {
  const rows = services.map(
    (name) => `<tr><th scope="row">${name}</th>
      <td><a href="/${name}/docs">API docs</a></td>
      <td><a href="/${name}/docs/openapi.json">OpenAPI</a></td>
      <td><a href="/${name}/health/ready">health</a></td></tr>`,
  )
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Slipway</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 4rem auto; padding: 0 1rem; color: #1b2733; background: #fbfcfd }
  table { border-collapse: collapse; width: 100% }
  th, td { text-align: left; padding: .6rem .8rem; border-bottom: 1px solid #e3e8ee }
  a { color: #0a5bd3 } code { background: #eef2f6; padding: .1rem .3rem; border-radius: .25rem }
</style>
<h1>Slipway is running</h1>
<p>Every service is under its own prefix on this address. Logins are in the terminal in which it was started.</p>
<p><a href="/docs">The APIs of all of them on one page</a>.</p>
<table>${rows.join('\n')}</table>
${services.includes('notifications') ? '<p>Mails are not sent here: <a href="/notifications/mailbox">mailbox</a>.</p>' : ''}
<p>See a whole checkout: <code>npm run journey</code>. Products: <a href="/cart/v1/products">/cart/v1/products</a>.</p>
</html>`
}
