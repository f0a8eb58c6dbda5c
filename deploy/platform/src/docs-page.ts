interface Page {
  type: string
  body: string
}

/** What the browser may load on it: nothing from elsewhere. */
export const docsPolicy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"

/**
 * One page for the APIs of all services, by path. Swagger UI itself is served by the first of them; what people write into
 * `Authorize` is kept while they go from one to the next.
 */
export function docsPage(services: readonly string[]): ReadonlyMap<string, Page> {
  const parts = `/${services[0]}/docs/static`
  const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>APIs</title>
    <link rel="stylesheet" href="${parts}/swagger-ui.css" />
    <link rel="stylesheet" href="${parts}/index.css" />
    <script src="${parts}/swagger-ui-bundle.js" defer></script>
    <script src="${parts}/swagger-ui-standalone-preset.js" defer></script>
    <script src="/docs/start.js" defer></script>
  </head>
  <body>
    <div id="docs"></div>
  </body>
</html>
`
  const urls = services.map((name) => `    { name: '${name}', url: '/${name}/docs/openapi.json' },`)
  const start = `SwaggerUIBundle({
  dom_id: '#docs',
  urls: [
${urls.join('\n')}
  ],
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: 'StandaloneLayout',
  deepLinking: true,
  persistAuthorization: true,
})
`
  return new Map([
    ['/docs', { type: 'text/html; charset=utf-8', body: html }],
    ['/docs/start.js', { type: 'text/javascript; charset=utf-8', body: start }],
  ])
}
