/** Routes that every service has and that are open to anyone: health, documents, and the preflight of browsers. */
export const openPlatformRoutes = (name: string): readonly string[] => [
  'OPTIONS *',
  ...[
    'health/live',
    'health/ready',
    'docs',
    'docs/',
    'docs/openapi.json',
    'docs/json',
    'docs/yaml',
    'docs/static/*',
    'docs/static/index.html',
    'docs/static/swagger-initializer.js',
  ].map((path) => `GET /${name}/${path}`),
]
