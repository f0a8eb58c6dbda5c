SwaggerUIBundle({
  dom_id: '#docs',
  urls: [
    { name: 'sso', url: '/sso/docs/openapi.json' },
    { name: 'cart', url: '/cart/docs/openapi.json' },
    { name: 'acquiring', url: '/acquiring/docs/openapi.json' },
    { name: 'files', url: '/files/docs/openapi.json' },
    { name: 'sandbox-bank', url: '/sandbox-bank/docs/openapi.json' },
    { name: 'notifications', url: '/notifications/docs/openapi.json' },
  ],
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: 'StandaloneLayout',
  deepLinking: true,
  persistAuthorization: true,
})
