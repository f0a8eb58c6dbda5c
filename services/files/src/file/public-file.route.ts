import { Id } from '@slipway/contracts/primitives'
import { anyone, type Route } from '@slipway/service-kit'
import { Type } from 'typebox'
import type { Deps } from '../deps.ts'
import { FileNotFound } from './errors.ts'
import { downloadOf } from './file-view.ts'
import { publicUrl } from './public-url.ts'

const schema = {
  summary: 'Redirects to a public file',
  tags: ['files'],
  params: Type.Object({ fileId: Id }),
  response: { 302: Type.Null({ description: 'Where the bytes are for some minutes' }) },
}

export const publicFileRoute: Route<Pick<Deps, 'files' | 'objects' | 'clock' | 'settings'>> = async (app, { deps }) => {
  // half of what the link is good for: whoever follows a redirect that was kept still gets there
  const maxAge = deps.settings.DOWNLOAD_TTL_MINUTES * 30
  app.get('/public/:fileId', { schema, config: { access: anyone() } }, async ({ params }, reply) => {
    const file = await deps.files.find(params.fileId)
    if (file?.status !== 'ready' || !publicUrl(deps.settings.PUBLIC_URL, file)) throw new FileNotFound()
    const { url } = await downloadOf(file, deps)
    return reply
      .header('cache-control', `public, max-age=${maxAge}`)
      .header('cross-origin-resource-policy', 'cross-origin')
      .redirect(url, 302)
  })
}
